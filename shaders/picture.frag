// The kept map picture, scaled while a new one is being made.
precision highp float;
precision highp int;

uniform sampler2D picture;

in vec2 at;
out vec4 colour;

void main() { colour = texture(picture, at); }
