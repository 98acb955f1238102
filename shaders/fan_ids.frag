// From turned bits to ids: cell index | water bit, 0x7FFFFFFF where there is no cell. Where cells overlap their numbers are
// mixed, which their hashes tell: such samples are all that is drawn when `overlaps` is set.
precision highp float;
precision highp int;
precision highp usampler2D;

uniform usampler2D bits;
uniform bool overlaps;

out uint id;

uint hash(uint v) {
  v *= 0x9E3779B1u;
  v ^= v >> 15;
  return v * 0x85EBCA77u;
}

void main() {
  uvec2 turned = texelFetch(bits, ivec2(gl_FragCoord.xy), 0).rg;
  uint number = turned.r & 0x7FFFFFFFu;
  bool mixed = turned.g != (number == 0u ? 0u : hash(number));
  if (overlaps && !mixed) discard;
  id = (number == 0u || mixed ? 0x7FFFFFFFu : number - 1u) | (turned.r & 0x80000000u);
}
