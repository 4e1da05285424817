#version 300 es
// Text, lines and shapes of the whole page in one program. A vertex of a shape carries the index of its record
// instead of a texture coordinate: uv.x = -(index + 1). See src/gfx/shape_buffer.h for the record.
precision highp float;
precision highp int;
precision highp usampler2D;

const int SHAPES_PER_ROW = 128;
const int TEXELS_PER_SHAPE = 4;

uniform vec2 u_size;  // of the window, pixels
uniform usampler2D u_shapes;

layout(location = 0) in vec2 a_position;  // pixels, y down
layout(location = 1) in vec2 a_uv;
layout(location = 2) in vec4 a_color;

out vec2 v_position;
out vec2 v_uv;
out vec4 v_color;
flat out int v_kind;  // -1: no shape
flat out vec4 v_rect;
flat out vec4 v_radii;
flat out vec4 v_extra;
flat out vec4 v_second;
flat out vec4 v_line;
flat out float v_width;

vec4 unpack_color(uint c) {
    return vec4(float(c & 255u), float((c >> 8) & 255u), float((c >> 16) & 255u), float(c >> 24)) / 255.0;
}

void main() {
    v_position = a_position;
    v_uv = a_uv;
    v_color = a_color;
    v_kind = -1;
    v_rect = vec4(0.0);
    v_radii = vec4(0.0);
    v_extra = vec4(0.0);
    v_second = vec4(0.0);
    v_line = vec4(0.0);
    v_width = 0.0;
    if (a_uv.x < 0.0) {
        int index = int(0.5 - a_uv.x) - 1;
        ivec2 at = ivec2((index % SHAPES_PER_ROW) * TEXELS_PER_SHAPE, index / SHAPES_PER_ROW);
        uvec4 words = texelFetch(u_shapes, at + ivec2(2, 0), 0);
        v_rect = uintBitsToFloat(texelFetch(u_shapes, at, 0));
        v_radii = uintBitsToFloat(texelFetch(u_shapes, at + ivec2(1, 0), 0));
        v_extra = uintBitsToFloat(texelFetch(u_shapes, at + ivec2(3, 0), 0));
        v_kind = int(words.x);
        v_second = unpack_color(words.y);
        v_line = unpack_color(words.z);
        v_width = uintBitsToFloat(words.w);
    }
    vec2 unit = a_position / u_size;
    gl_Position = vec4(unit.x * 2.0 - 1.0, 1.0 - unit.y * 2.0, 0.0, 1.0);
}
