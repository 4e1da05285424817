#version 300 es
// The shapes that cost many steps per pixel; see page.frag for the rest.
precision highp float;
precision highp int;

const int SHADOW = 1;
const int GLOW = 3;
const float TURN = 6.28318530718;

in vec2 v_position;
in vec4 v_color;
flat in int v_kind;
flat in vec4 v_rect;
flat in vec4 v_radii;
flat in vec4 v_extra;
flat in vec4 v_second;
flat in float v_width;

layout(location = 0) out vec4 o_color;

float coverage(float d) { return clamp(0.5 - d, 0.0, 1.0); }

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

void main() {
    vec2 half_size = v_rect.zw * 0.5;
    vec2 p = v_position - v_rect.xy - half_size;
    if (v_kind == SHADOW) {
        o_color = dithered(vec4(v_color.rgb, v_color.a * shadow(p, half_size, v_radii.x, v_width)));
    } else if (v_kind == GLOW) {
        o_color = dithered(mix_straight(v_color, v_second, clamp(length(p / half_size), 0.0, 1.0)));
    } else {
        float d = arc(p, half_size.x - v_width, v_width, v_extra.x, v_extra.y);
        o_color = vec4(v_color.rgb, v_color.a * coverage(d));
    }
}
