// Corners of fans (render/fan_mesh.hpp) from grid to id target.
layout(location = 0) in ivec2 corner;
layout(location = 1) in uint number;

uniform ivec2 centre;   // grid point at the view's centre: differences to it are exact, however far from the origin
uniform vec4 placement; // clip = (corner - centre) * placement.xy + placement.zw

flat out uint turned;

void main() {
  turned = number;
  gl_Position = vec4(vec2(corner - centre) * placement.xy + placement.zw, 0.0, 1.0);
}
