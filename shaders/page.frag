#version 300 es
// Shapes are signed distances d in pixels (negative inside), anti-aliased over exactly one pixel: 0.5 - d.
// Output is straight alpha, as Dear ImGui's blending has it. Shadows, glows and arcs are in soft.frag (src/gfx/shader.h).
precision highp float;
precision highp int;

const int BOX = 0;
const int PICTURE = 2;

uniform sampler2D u_texture;

in vec2 v_position;
in vec2 v_uv;
in vec4 v_color;
flat in int v_kind;
flat in vec4 v_rect;
flat in vec4 v_radii;
flat in vec4 v_extra;
flat in vec4 v_second;
flat in vec4 v_line;
flat in float v_width;

layout(location = 0) out vec4 o_color;

float coverage(float d) { return clamp(0.5 - d, 0.0, 1.0); }

// Distance to a rectangle around the origin with its own radius at each corner (top left, clockwise).
float rounded_box(vec2 p, vec2 half_size, vec4 radii) {
    vec2 pair = p.x < 0.0 ? radii.xw : radii.yz;
    float radius = p.y < 0.0 ? pair.x : pair.y;
    vec2 q = abs(p) - half_size + radius;
    return min(max(q.x, q.y), 0.0) + length(max(q, 0.0)) - radius;
}

// Mixes as light does: a colour without alpha must not darken its neighbour.
vec4 mix_straight(vec4 a, vec4 b, float t) {
    float alpha = mix(a.a, b.a, t);
    vec3 rgb = mix(a.rgb * a.a, b.rgb * b.a, t);
    return vec4(alpha > 0.0 ? rgb / alpha : a.rgb, alpha);
}

vec4 box(vec2 p, vec2 half_size) {
    float d = rounded_box(p, half_size, v_radii);
    float down = clamp((p.y + half_size.y) / max(2.0 * half_size.y, 1.0), 0.0, 1.0);
    vec4 fill = mix_straight(v_color, v_second, down);
    if (v_width <= 0.0) return vec4(fill.rgb, fill.a * coverage(d));
    float outer = coverage(d);
    float inner = coverage(d + v_width);
    vec4 both = mix_straight(v_line, fill, outer > 0.0 ? inner / outer : 0.0);
    return vec4(both.rgb, both.a * outer);
}

float segment(vec2 p, vec2 a, vec2 b) {
    vec2 along = b - a;
    float t = clamp(dot(p - a, along) / max(dot(along, along), 1e-6), 0.0, 1.0);
    return length(p - a - along * t);
}

void main() {
    vec2 half_size = v_rect.zw * 0.5;
    vec2 p = v_position - v_rect.xy - half_size;
    if (v_kind < 0) {
        o_color = v_color * texture(u_texture, v_uv);
    } else if (v_kind == BOX) {
        o_color = box(p, half_size);
    } else if (v_kind == PICTURE) {
        vec2 uv = mix(v_extra.xy, v_extra.zw, clamp(p / (2.0 * half_size) + 0.5, 0.0, 1.0));
        o_color = v_color * texture(u_texture, uv);
        o_color.a *= coverage(rounded_box(p, half_size, v_radii));
    } else {
        float d = segment(v_position, v_extra.xy, v_extra.zw) - v_width;
        o_color = vec4(v_color.rgb, v_color.a * coverage(d));
    }
}
