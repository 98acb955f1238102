// The kept map picture in the map's frame: texel for pixel, or moved and scaled while a new one is being made.
precision highp float;
precision highp int;

uniform sampler2D picture;
uniform vec4 tile;       // the viewport in sheet pixels: x, y, width, height (y down)
uniform vec2 origin;     // the viewport's lower left corner in framebuffer pixels
uniform vec3 placement;  // picture pixel = sheet pixel * z + xy
uniform bool exact;      // whole-pixel placement: no filtering
uniform vec3 ground;

out vec4 colour;

void main() {
  vec2 p = vec2(gl_FragCoord.x - origin.x + tile.x, tile.y + tile.w - (gl_FragCoord.y - origin.y));
  vec2 at = p * placement.z + placement.xy;
  vec2 size = vec2(textureSize(picture, 0));
  if (any(lessThan(at, vec2(0.0))) || any(greaterThanEqual(at, size)))
    colour = vec4(ground, 1.0);
  else if (exact)
    colour = vec4(texelFetch(picture, ivec2(floor(at)), 0).rgb, 1.0);
  else
    colour = vec4(texture(picture, at / size).rgb, 1.0);
}
