#version 300 es
// Shapes are signed distances d in pixels (negative inside), anti-aliased over exactly one pixel: 0.5 - d.
// Output is straight alpha, as Dear ImGui's blending has it.
precision highp float;
precision highp int;

const int BOX = 0;
const int SHADOW = 1;
const int PICTURE = 2;
const int GLOW = 3;
const int ARC = 4;
const int LINE = 5;
const float TURN = 6.28318530718;

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

// Wide soft gradients show steps in 8 bits: half a step of noise per pixel hides them. It goes into the colour, divided by
// the alpha that will multiply it. Source: Jimenez 2014, "interleaved gradient noise".
vec4 dithered(vec4 color) {
    float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)))) - 0.5;
    return vec4(color.rgb + noise / (255.0 * max(color.a, 0.02)), color.a);
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

// Gauss error function, Abramowitz and Stegun 7.1.27 (error below 5e-4).
vec2 erf2(vec2 x) {
    vec2 s = sign(x), a = abs(x);
    x = 1.0 + (0.278393 + (0.230389 + (0.000972 + 0.078108 * a) * a) * a) * a;
    x *= x;
    return s - s / (x * x);
}

// A rounded box convolved with a Gaussian: exact along x, summed over a few rows along y.
// Source: Evan Wallace, "Fast Rounded Rectangle Shadows" (public domain).
float shadow_row(float x, float y, float sigma, float corner, vec2 half_size) {
    float delta = min(half_size.y - corner - abs(y), 0.0);
    float curved = half_size.x - corner + sqrt(max(0.0, corner * corner - delta * delta));
    vec2 integral = 0.5 + 0.5 * erf2((x + vec2(-curved, curved)) * (sqrt(0.5) / sigma));
    return integral.y - integral.x;
}

float shadow(vec2 p, vec2 half_size, float corner, float sigma) {
    float low = p.y - half_size.y, high = p.y + half_size.y;
    float start = clamp(-3.0 * sigma, low, high), end = clamp(3.0 * sigma, low, high);
    const int ROWS = 6;
    float step_size = (end - start) / float(ROWS);
    float y = start + step_size * 0.5;
    float value = 0.0;
    for (int i = 0; i < ROWS; i++) {
        float weight = exp(-(y * y) / (2.0 * sigma * sigma)) / (sqrt(TURN) * sigma);
        value += shadow_row(p.x, p.y - y, sigma, corner, half_size) * weight * step_size;
        y += step_size;
    }
    return clamp(value, 0.0, 1.0);
}

// Part of a ring, from 12 o'clock clockwise, with round ends.
float arc(vec2 p, float radius, float half_width, float start, float sweep) {
    float ring = abs(length(p) - radius) - half_width;
    if (sweep >= 1.0) return ring;
    float turn = fract(atan(p.x, -p.y) / TURN - start);
    if (turn <= sweep) return ring;
    vec2 angles = vec2(start, start + sweep) * TURN;
    vec2 first = radius * vec2(sin(angles.x), -cos(angles.x));
    vec2 last = radius * vec2(sin(angles.y), -cos(angles.y));
    return min(length(p - first), length(p - last)) - half_width;
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
    } else if (v_kind == SHADOW) {
        o_color = dithered(vec4(v_color.rgb, v_color.a * shadow(p, half_size, v_radii.x, v_width)));
    } else if (v_kind == PICTURE) {
        vec2 uv = mix(v_extra.xy, v_extra.zw, clamp(p / (2.0 * half_size) + 0.5, 0.0, 1.0));
        o_color = v_color * texture(u_texture, uv);
        o_color.a *= coverage(rounded_box(p, half_size, v_radii));
    } else if (v_kind == GLOW) {
        o_color = dithered(mix_straight(v_color, v_second, clamp(length(p / half_size), 0.0, 1.0)));
    } else if (v_kind == ARC) {
        float d = arc(p, half_size.x - v_width, v_width, v_extra.x, v_extra.y);
        o_color = vec4(v_color.rgb, v_color.a * coverage(d));
    } else {
        float d = segment(v_position, v_extra.xy, v_extra.zw) - v_width;
        o_color = vec4(v_color.rgb, v_color.a * coverage(d));
    }
}
