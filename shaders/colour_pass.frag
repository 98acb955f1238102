// Second pass: ids to colours, twin of render/colour_pass.cpp. Colours are whole numbers 0..255 between the steps,
// rounded where the C++ rounds.
precision highp float;
precision highp int;
precision highp usampler2D;

uniform usampler2D ids;
uniform usampler2D cells;
uniform usampler2D elements;        // outlines by level (outline.frag)
uniform usampler2D state_elements;  // selection and hover
uniform uint cell_count;
uniform int margin;                 // px of the id buffer
uniform int pad;                    // px of the element textures
uniform int reach;                  // px an element can be seen from
uniform bool states;
uniform ivec2 corner;               // sheet pixel of the first pixel
uniform vec4 water;                 // rgb 0..255, alpha 0..1
uniform vec4 hatch;
uniform vec2 hatch_size;            // spacing, width
uniform float width[8];
uniform vec4 line_colour[8];

out vec4 colour;

const uint bit_hatched = 1u << 24;
const float element_half_length = 0.55, muted_outline = 0.4;

vec3 mixed(vec3 under, vec3 top, float alpha) { return floor(under + (top - under) * alpha + 0.5); }

vec3 sample_colour(uint id, float hatch_alpha) {
  uint i = min(id & 0x7FFFFFFFu, cell_count);
  int w = textureSize(cells, 0).x;
  uint e = texelFetch(cells, ivec2(int(i) % w, int(i) / w), 0).r;
  vec3 c = vec3(float(e & 255u), float((e >> 8) & 255u), float((e >> 16) & 255u));
  if ((id & 0x80000000u) != 0u) return mixed(c, water.rgb, water.a);
  if ((e & bit_hatched) != 0u) return mixed(c, hatch.rgb, hatch_alpha);
  return c;
}

float hatch_at(ivec2 pixel) {
  float diagonal = float(pixel.x + pixel.y + 1) * 0.70710678;
  float d = abs(diagonal - hatch_size.x * floor(diagonal / hatch_size.x) - hatch_size.x * 0.5);
  return hatch.a * min(hatch_size.y, 1.0) * clamp(max(hatch_size.y, 1.0) * 0.5 + 0.5 - d, 0.0, 1.0);
}

vec3 fill(ivec2 pixel) {
  ivec2 s = (pixel + margin) * 2;
  float h = hatch_at(pixel + corner);
  uint a = texelFetch(ids, s, 0).r, b = texelFetch(ids, s + ivec2(1, 0), 0).r;
  uint c = texelFetch(ids, s + ivec2(0, 1), 0).r, d = texelFetch(ids, s + ivec2(1, 1), 0).r;
  vec3 first = sample_colour(a, h);
  if (a == b && a == c && a == d) return first;
  return floor((first + sample_colour(b, h) + sample_colour(c, h) + sample_colour(d, h) + 2.0) / 4.0);
}

// Distance of a pixel's centre, `q` from the element's pixel, to the element.
float element_distance(uvec4 e, vec2 q) {
  float tx = uintBitsToFloat(e.z);
  vec2 t = vec2(tx, sqrt(max(0.0, 1.0 - tx * tx)));
  q -= vec2(uintBitsToFloat(e.x), uintBitsToFloat(e.y));
  float along = max(0.0, abs(dot(q, t)) - element_half_length);
  return length(vec2(q.x * t.y - q.y * t.x, along));
}

void main() {
  ivec2 pixel = ivec2(floor(gl_FragCoord.xy));
  vec3 c = fill(pixel);
  float alpha[8];
  for (int k = 0; k < 8; ++k) alpha[k] = 0.0;
  uint thin = texelFetch(elements, pixel + pad, 0).w;
  if (((thin >> 5) & 15u) != 0u) alpha[int((thin >> 5) & 15u) - 1] = float(thin >> 9) / 65535.0;
  for (int y = -reach; y <= reach; ++y)
    for (int x = -reach; x <= reach; ++x)
      for (int pass = 0; pass < (states ? 2 : 1); ++pass) {
        ivec2 at = pixel + pad + ivec2(x, y);
        uvec4 e = pass == 0 ? texelFetch(elements, at, 0) : texelFetch(state_elements, at, 0);
        int kind = int(e.w & 15u) - 1;
        if (kind < 0) continue;
        float radius = max(width[kind], 1.0) * 0.5 + 0.5;
        float d = element_distance(e, -vec2(x, y));
        float factor = min(width[kind], 1.0) * ((e.w & 16u) != 0u ? muted_outline : 1.0);
        alpha[kind] = max(alpha[kind], factor * clamp(radius - d, 0.0, 1.0));
      }
  for (int i = 0; i < 8; ++i) {
    int kind = i < 5 ? 4 - i : i;
    if (alpha[kind] > 0.0)
      c = mixed(c, line_colour[kind].rgb, floor(alpha[kind] * 255.0 + 0.5) / 255.0 * line_colour[kind].a);
  }
  colour = vec4(c / 255.0, 1.0);
}
