// One quad per shape or glyph; everything else is the fragment shader's.
precision highp float;
precision highp int;

layout(location = 0) in vec4 box;    // sheet pixels it may touch: x0, y0, x1, y1 (y down)
layout(location = 1) in vec4 shape;  // see items.frag
layout(location = 2) in vec4 extra;
layout(location = 3) in uvec4 paint;

uniform vec4 tile;  // the viewport in sheet pixels: x, y, width, height

flat out vec4 v_shape;
flat out vec4 v_extra;
flat out uvec4 v_paint;

void main() {
  vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
  vec2 p = (mix(box.xy, box.zw, corner) - tile.xy) / tile.zw;
  gl_Position = vec4(p.x * 2.0 - 1.0, 1.0 - p.y * 2.0, 0.0, 1.0);
  v_shape = shape;
  v_extra = extra;
  v_paint = paint;
}
