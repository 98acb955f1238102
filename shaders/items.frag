// Anti-aliased shapes from their signed distances, and glyphs from the atlas. All in sheet pixels (y down) taken
// from the pixel's own position, not interpolated: every tiling computes the same numbers.
precision highp float;
precision highp int;
precision highp sampler2DArray;

const uint kind_rect = 0u;     // shape: x, y, w, h; extra: radius, stroke width, hatch spacing, hatch width;
                               // paint: fill, stroke, hatch
const uint kind_segment = 1u;  // shape: ends a, b; extra: normals of the planes that part it from the segments before
                               // and after (0: round cap); paint: colour, -, width as float bits
const uint kind_wedge = 2u;    // shape: edge a, b of a convex polygon; extra: a point inside; paint: fill
const uint kind_glyph = 3u;    // shape: bitmap's corner, atlas layer, scale; extra: atlas corner, size; paint: fill

flat in vec4 v_shape;
flat in vec4 v_extra;
flat in uvec4 v_paint;

uniform vec4 tile;
uniform vec2 origin;  // the viewport's lower left corner in framebuffer pixels
uniform sampler2DArray atlas;

out vec4 colour;  // premultiplied

vec4 rgba(uint c) {
  return vec4(float(c & 255u), float((c >> 8) & 255u), float((c >> 16) & 255u), float(c >> 24)) / 255.0;
}
vec4 premultiplied(vec4 c, float coverage) { return vec4(c.rgb, 1.0) * (c.a * coverage); }
vec4 over(vec4 under, vec4 top) { return top + under * (1.0 - top.a); }

// Lines thinner than a pixel fade instead of vanishing.
float line_alpha(float d, float width) {
  return min(width, 1.0) * clamp(max(width, 1.0) * 0.5 + 0.5 - d, 0.0, 1.0);
}

float hatch_alpha(vec2 p, float spacing, float width) {
  float diagonal = (p.x + p.y) * 0.70710678;
  float d = abs(diagonal - spacing * floor(diagonal / spacing) - spacing * 0.5);
  return line_alpha(d, width);
}

vec4 rect(vec2 p) {
  vec2 low = v_shape.xy, high = v_shape.xy + v_shape.zw;
  float radius = min(v_extra.x, 0.5 * min(v_shape.z, v_shape.w));
  vec2 q = abs(p - 0.5 * (low + high)) - 0.5 * v_shape.zw + radius;
  float d = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - radius;
  // The pixel's exact share, so that hairlines keep their weight; corners by distance.
  vec2 share = clamp(min(p + 0.5, high) - max(p - 0.5, low), 0.0, 1.0);
  float inside = share.x * share.y;
  if (radius > 0.0) inside = min(inside, clamp(0.5 - d, 0.0, 1.0));
  vec4 result = premultiplied(rgba(v_paint.x), inside);
  vec4 hatch = rgba(v_paint.z);
  if (hatch.a > 0.0) result = over(result, premultiplied(hatch, inside * hatch_alpha(p, v_extra.z, v_extra.w)));
  if (v_extra.y > 0.0) result = over(result, premultiplied(rgba(v_paint.y), line_alpha(abs(d), v_extra.y)));
  return result;
}

vec4 segment(vec2 p) {
  vec2 a = v_shape.xy, b = v_shape.zw;
  // Neighbouring segments share the plane through their joint: no pixel is painted twice.
  if (dot(p - a, v_extra.xy) < 0.0) return vec4(0.0);
  if (v_extra.zw != vec2(0.0) && dot(p - b, v_extra.zw) >= 0.0) return vec4(0.0);
  vec2 ab = b - a;
  float t = clamp(dot(p - a, ab) / max(dot(ab, ab), 1e-12), 0.0, 1.0);
  return premultiplied(rgba(v_paint.x), line_alpha(length(p - a - ab * t), uintBitsToFloat(v_paint.z)));
}

float cross2(vec2 a, vec2 b) { return a.x * b.y - a.y * b.x; }

vec4 wedge(vec2 p) {
  vec2 a = v_shape.xy, b = v_shape.zw, centre = v_extra.xy;
  if (cross2(a - centre, p - centre) < 0.0 || cross2(b - centre, p - centre) >= 0.0) return vec4(0.0);
  vec2 ab = b - a;
  float outside = -cross2(ab, p - a) / max(length(ab), 1e-6);
  return premultiplied(rgba(v_paint.x), clamp(0.5 - outside, 0.0, 1.0));
}

vec4 glyph(vec2 p) {
  vec2 at = (p - v_shape.xy) / v_shape.w;
  if (any(lessThan(at, vec2(0.0))) || any(greaterThanEqual(at, v_extra.zw))) return vec4(0.0);
  float coverage;
  if (v_shape.w == 1.0)
    coverage = texelFetch(atlas, ivec3(ivec2(v_extra.xy + floor(at)), int(v_shape.z)), 0).r;
  else
    coverage = texture(atlas, vec3((v_extra.xy + at) / vec2(textureSize(atlas, 0).xy), v_shape.z)).r;
  return premultiplied(rgba(v_paint.x), coverage);
}

void main() {
  vec2 p = vec2(gl_FragCoord.x - origin.x + tile.x, tile.y + tile.w - (gl_FragCoord.y - origin.y));
  switch (v_paint.w) {
    case kind_rect: colour = rect(p); break;
    case kind_segment: colour = segment(p); break;
    case kind_wedge: colour = wedge(p); break;
    default: colour = glyph(p); break;
  }
}
