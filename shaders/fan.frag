// What a triangle of a fan turns: its polygon's number, and a hash of it that tells where several numbers were mixed.
precision highp float;
precision highp int;

flat in uint turned;
out uvec2 bits;

uint hash(uint v) {
  v *= 0x9E3779B1u;
  v ^= v >> 15;
  return v * 0x85EBCA77u;
}

void main() { bits = uvec2(turned, turned == 0x80000000u ? 0u : hash(turned)); }
