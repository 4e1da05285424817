#include "gfx/core/path.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

namespace kumquat::gfx {
namespace {

constexpr float kPi = 3.14159265358979f;
constexpr int kSegmentsMax = 96;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

class Flattener {
  public:
    Flattener(std::string_view path, float tolerance) : path_(path), tolerance_(tolerance) {}

    Result<std::vector<Polyline>> run() {
        char command = 0;
        skip();
        while (at_ < path_.size()) {
            char c = path_[at_];
            if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
                command = c;
                ++at_;
            }
            if (!step(command))
                return Error{ErrorCode::kInvalidArgument, "path at " + std::to_string(at_)};
            // Further pairs after a move are lines (SVG 1.1, 8.3.2).
            if (command == 'M') command = 'L';
            if (command == 'm') command = 'l';
            if (command == 'Z' || command == 'z') command = 0;
            skip();
        }
        return std::move(lines_);
    }

  private:
    void skip() {
        while (at_ < path_.size() && (path_[at_] == ' ' || path_[at_] == ',' || path_[at_] == '\n'))
            ++at_;
    }

    bool number(float* value) {
        skip();
        std::size_t begin = at_;
        if (at_ < path_.size() && (path_[at_] == '-' || path_[at_] == '+')) ++at_;
        bool dot = false;
        bool digits = false;
        while (at_ < path_.size() && (is_digit(path_[at_]) || (path_[at_] == '.' && !dot))) {
            dot = dot || path_[at_] == '.';
            digits = digits || path_[at_] != '.';
            ++at_;
        }
        if (!digits) return false;
        *value = std::strtof(std::string(path_.substr(begin, at_ - begin)).c_str(), nullptr);
        return true;
    }

    bool flag(bool* value) {
        skip();
        if (at_ >= path_.size() || (path_[at_] != '0' && path_[at_] != '1')) return false;
        *value = path_[at_++] == '1';
        return true;
    }

    bool point(bool relative, PathPoint* to) {
        if (!number(&to->x) || !number(&to->y)) return false;
        if (relative) {
            to->x += pen_.x;
            to->y += pen_.y;
        }
        return true;
    }

    bool step(char command) {
        bool relative = command >= 'a';
        switch (command) {
            case 'M':
            case 'm':
                return move(relative);
            case 'L':
            case 'l':
                return line(relative);
            case 'H':
            case 'h':
                return along(relative, &PathPoint::x);
            case 'V':
            case 'v':
                return along(relative, &PathPoint::y);
            case 'C':
            case 'c':
                return cubic(relative, /*smooth=*/false);
            case 'S':
            case 's':
                return cubic(relative, /*smooth=*/true);
            case 'A':
            case 'a':
                return arc(relative);
            case 'Z':
            case 'z':
                return close();
            default:
                return false;
        }
    }

    bool move(bool relative) {
        PathPoint to;
        if (!point(relative, &to)) return false;
        lines_.push_back({{to}, false});
        pen_ = start_ = control_ = to;
        return true;
    }

    // A path may go on after "Z": then a new line begins where the closed one began.
    bool add(PathPoint to) {
        if (lines_.empty()) return false;
        if (lines_.back().closed) lines_.push_back({{pen_}, false});
        lines_.back().points.push_back(to);
        pen_ = control_ = to;
        return true;
    }

    bool line(bool relative) {
        PathPoint to;
        return point(relative, &to) && add(to);
    }

    bool along(bool relative, float PathPoint::*axis) {
        float value = 0;
        if (!number(&value)) return false;
        PathPoint to = pen_;
        to.*axis = relative ? pen_.*axis + value : value;
        return add(to);
    }

    bool cubic(bool relative, bool smooth) {
        PathPoint from = pen_;
        PathPoint c1{2 * pen_.x - control_.x, 2 * pen_.y - control_.y};
        PathPoint c2;
        PathPoint to;
        if (!smooth && !point(relative, &c1)) return false;
        if (!point(relative, &c2) || !point(relative, &to)) return false;
        float length = std::hypot(c1.x - from.x, c1.y - from.y) +
                       std::hypot(c2.x - c1.x, c2.y - c1.y) + std::hypot(to.x - c2.x, to.y - c2.y);
        int segments = std::clamp(
            static_cast<int>(std::ceil(std::sqrt(length / tolerance_) * 0.6f)), 2, kSegmentsMax);
        for (int i = 1; i <= segments; ++i) {
            float t = static_cast<float>(i) / static_cast<float>(segments);
            float u = 1 - t;
            float a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
            if (!add({a * from.x + b * c1.x + c * c2.x + d * to.x,
                      a * from.y + b * c1.y + c * c2.y + d * to.y})) {
                return false;
            }
        }
        control_ = c2;
        return true;
    }

    // Endpoint to centre parameters: SVG 1.1, F.6.5.
    bool arc(bool relative) {
        float rx = 0, ry = 0, rotation = 0;
        bool large = false, sweep = false;
        PathPoint to;
        if (!number(&rx) || !number(&ry) || !number(&rotation) || !flag(&large) || !flag(&sweep) ||
            !point(relative, &to)) {
            return false;
        }
        PathPoint from = pen_;
        if (from.x == to.x && from.y == to.y) return !lines_.empty();
        if (rx <= 0 || ry <= 0) return add(to);
        float cos_phi = std::cos(rotation * kPi / 180), sin_phi = std::sin(rotation * kPi / 180);
        float dx = (from.x - to.x) / 2, dy = (from.y - to.y) / 2;
        float x1 = cos_phi * dx + sin_phi * dy, y1 = -sin_phi * dx + cos_phi * dy;
        float too_small = x1 * x1 / (rx * rx) + y1 * y1 / (ry * ry);
        if (too_small > 1) {
            rx *= std::sqrt(too_small);
            ry *= std::sqrt(too_small);
        }
        float denominator = rx * rx * y1 * y1 + ry * ry * x1 * x1;
        float k = std::sqrt(std::max(0.0f, rx * rx * ry * ry / denominator - 1)) *
                  (large == sweep ? -1.0f : 1.0f);
        float cx1 = k * rx * y1 / ry, cy1 = -k * ry * x1 / rx;
        float cx = cos_phi * cx1 - sin_phi * cy1 + (from.x + to.x) / 2;
        float cy = sin_phi * cx1 + cos_phi * cy1 + (from.y + to.y) / 2;
        float theta = std::atan2((y1 - cy1) / ry, (x1 - cx1) / rx);
        float delta = std::atan2((-y1 - cy1) / ry, (-x1 - cx1) / rx) - theta;
        if (sweep && delta < 0) delta += 2 * kPi;
        if (!sweep && delta > 0) delta -= 2 * kPi;
        float step = 2 * std::acos(std::max(0.0f, 1 - tolerance_ / std::max(rx, ry)));
        int segments = std::clamp(
            static_cast<int>(std::ceil(std::fabs(delta) / std::max(step, 0.01f))), 2, kSegmentsMax);
        for (int i = 1; i < segments; ++i) {
            float angle = theta + delta * static_cast<float>(i) / static_cast<float>(segments);
            float ex = rx * std::cos(angle), ey = ry * std::sin(angle);
            if (!add({cx + cos_phi * ex - sin_phi * ey, cy + sin_phi * ex + cos_phi * ey}))
                return false;
        }
        return add(to);
    }

    bool close() {
        if (lines_.empty()) return false;
        lines_.back().closed = true;
        pen_ = control_ = start_;
        return true;
    }

    std::string_view path_;
    float tolerance_;
    std::size_t at_ = 0;
    PathPoint pen_;
    PathPoint start_;
    // Second control point of the last curve, for "S"; the pen after anything else.
    PathPoint control_;
    std::vector<Polyline> lines_;
};

}  // namespace

Result<std::vector<Polyline>> flatten_path(std::string_view path, float tolerance) {
    return Flattener(path, tolerance).run();
}

}  // namespace kumquat::gfx
