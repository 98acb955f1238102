// A rectangle of the map's picture. Two triangles and interpolated places: software OpenGL has a fast path for these.
uniform vec4 box;   // in clip space: left, top, right, bottom
uniform vec4 part;  // of the picture, 0 to 1, the same way

out vec2 at;

void main() {
  int i = gl_VertexID;  // corners: 0 1 2, 0 2 3 around the rectangle
  vec2 corner = vec2(i == 1 || i == 2 || i == 4 ? 1.0 : 0.0, i == 2 || i == 4 || i == 5 ? 1.0 : 0.0);
  gl_Position = vec4(mix(box.xy, box.zw, corner), 0.0, 1.0);
  at = mix(part.xy, part.zw, corner);
}
