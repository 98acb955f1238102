// Where outlines run: per pixel at most one wide element and one thin line, from the 6 x 6 samples around it.
// The rule is that of render/outline_rule.hpp; colour_pass.frag draws what is found here.
precision highp float;
precision highp int;
precision highp usampler2D;

uniform usampler2D ids;       // cell index | water bit, 2 x 2 samples per pixel, margin included
uniform usampler2D cells;     // per cell r | g << 8 | b << 16 | bits << 24, row after row
uniform usampler2D ancestry;  // per cell the indices of its province, prefecture, county, township
uniform uint cell_count;
uniform int first_sample;     // sample of this pass's first pixel, along both axes
uniform float width[8];       // px, by kind: levels, outside, hover, accent
uniform bool states;          // look for selection and hover instead of levels

out uvec4 element;  // foot x, y and tangent x as float bits (px from the pixel's centre, tangent y >= 0), then
                    // wide kind + 1 | paler << 4 | (thin kind + 1) << 5 | thin alpha << 9

const uint bit_muted = 2u << 24, bit_hovered = 4u << 24, bit_selected = 8u << 24;
const int kind_outside = 5, kind_hover = 6, kind_accent = 7;
const float thin_outline = 1.0, element_reach = 0.78, muted_outline = 0.4;

int weight_of(int k) {
  int d = min(k, 5 - k);
  return d == 0 ? 1 : d == 1 ? 4 : 8;
}

ivec2 wrapped(uint i, int width_of_table) { return ivec2(int(i) % width_of_table, int(i) / width_of_table); }
uint cell_bits(uint id) { return texelFetch(cells, wrapped(min(id, cell_count), textureSize(cells, 0).x), 0).r; }
uint state_of(uint bits) { return (bits & bit_selected) != 0u ? bit_selected : bits & bit_hovered; }

int kind_between(uint a, uint b) {
  if (a >= cell_count || b >= cell_count) return kind_outside;
  int w = textureSize(ancestry, 0).x;
  uvec4 x = texelFetch(ancestry, wrapped(a, w), 0), y = texelFetch(ancestry, wrapped(b, w), 0);
  for (int l = 0; l < 4; ++l)
    if (x[l] != y[l]) return l;
  return 4;
}

float boundary_distance(float part) {
  if (part <= 0.005) return -2.0;
  if (part >= 0.995) return 2.0;
  float t = log(part / (1.0 - part));
  return t * (0.3574 - 0.00453 * t * t);
}

// in and out: weight, moments in quarter pixels.
void leave_element(vec3 a, vec3 b, float d, int kind, bool paler) {
  vec2 n = a.yz / a.x - b.yz / b.x;
  float size = length(n);
  vec2 foot = vec2(0.0), tangent = vec2(1.0, 0.0);
  if (size >= 0.01) {
    foot = -n / size * d;
    tangent = vec2(-n.y, n.x) / size;
  }
  if (tangent.y < 0.0) tangent = -tangent;
  element.x = floatBitsToUint(foot.x);
  element.y = floatBitsToUint(foot.y);
  element.z = floatBitsToUint(tangent.x);
  element.w |= uint(kind + 1) | (paler ? 16u : 0u);
}

void main() {
  element = uvec4(0u);
  ivec2 first = ivec2(floor(gl_FragCoord.xy)) * 2 + first_sample - 2;
  uint reference = texelFetch(ids, first + 2, 0).r & 0x7FFFFFFFu;
  uint own = cell_bits(reference);
  vec3 sums[7];  // by kind, 6: the reference's own cell; for states 0: same state, 1: another
  float bright[7];
  for (int k = 0; k < 7; ++k) {
    sums[k] = vec3(0.0);
    bright[k] = 0.0;
  }
  uint seen = own, last_id = reference, last_bits = own;
  int last_kind = 6;
  bool near = false;  // only the inner 4 x 4 samples decide whether there is anything to find
  for (int r = 0; r < 6; ++r)
    for (int c = 0; c < 6; ++c) {
      uint id = texelFetch(ids, first + ivec2(c, r), 0).r & 0x7FFFFFFFu;
      if (id != last_id) {
        last_id = id;
        last_bits = cell_bits(id);
        last_kind = id == reference ? 6 : kind_between(reference, id);
      }
      if (id != reference && min(r, c) > 0 && max(r, c) < 5) near = true;
      int slot = last_kind;
      if (states) {
        slot = state_of(last_bits) == state_of(own) ? 0 : 1;
        if (slot == 1) seen |= last_bits;
      }
      float w = float(weight_of(r) * weight_of(c));
      sums[slot] += w * vec3(1.0, float(2 * c - 5), float(2 * r - 5));
      if ((last_bits & bit_muted) == 0u) bright[slot] += 1.0;
    }
  if (!near) return;
  if (states) {
    if (sums[1].x == 0.0) return;
    int kind = (seen & bit_selected) != 0u ? kind_accent : kind_hover;
    float d = boundary_distance(sums[0].x / (sums[0].x + sums[1].x));
    if (width[kind] > 0.0 && abs(d) <= element_reach) leave_element(sums[0], sums[1], d, kind, false);
    return;
  }
  vec3 inside = vec3(0.0);
  float inside_bright = 0.0;
  for (int k = 0; k < 7; ++k) {
    inside += sums[k];
    inside_bright += bright[k];
  }
  bool thin_done = false, wide_done = false;
  for (int i = 0; i < 6; ++i) {
    int kind = i == 0 ? kind_outside : i - 1;
    vec3 beyond = sums[kind];
    if (beyond.x == 0.0) continue;
    bool paler = inside_bright == 0.0;
    inside -= beyond;
    inside_bright -= bright[kind];
    bool thin = width[kind] <= thin_outline;
    if (width[kind] <= 0.0 || (thin ? thin_done : wide_done)) continue;
    float d = boundary_distance(inside.x / (inside.x + beyond.x));
    if (thin && abs(d) < 1.0) {
      thin_done = true;
      float alpha = (paler ? muted_outline : 1.0) * width[kind] * (1.0 - abs(d));
      element.w |= uint(kind + 1) << 5 | uint(alpha * 65535.0 + 0.5) << 9;
    } else if (!thin && abs(d) <= element_reach) {
      wide_done = true;
      leave_element(inside, beyond, d, kind, paler);
    }
  }
}
