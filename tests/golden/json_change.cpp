#include "golden/json_change.h"

#include "base/check.h"
#include "proto/json_tree.h"
#include "proto/json_writer.h"

namespace kumquat::proto {
namespace {

JsonTree parse(const std::string& json) {
    auto tree = JsonTree::parse(json, json.size(), 64);
    KUMQUAT_CHECK(tree.has_value());
    return *std::move(tree);
}

std::string below(const std::string& path, const JsonNode& node, const JsonNode& around,
                  int index) {
    if (around.is_array()) return path + "[" + std::to_string(index) + "]";
    return path + (path.empty() ? "" : ".") + std::string(node.name());
}

class Change {
  public:
    Change(const std::string& place, const std::optional<std::string>& value)
        : place_(place), value_(value) {}

    void copy(const JsonNode& node, const std::string& path) {
        if (!node.is_object() && !node.is_array()) return json_.raw(node.text());
        node.is_object() ? json_.begin_object() : json_.begin_array();
        int index = 0;
        for (auto inner = node.first(); inner; inner = inner->next(), ++index) {
            copy_inner(*inner, node, below(path, *inner, node, index));
        }
        if (!done_ && is_parent(path)) put(place_.substr(path.empty() ? 0 : path.size() + 1));
        node.is_object() ? json_.end_object() : json_.end_array();
    }

    std::string take() {
        KUMQUAT_CHECK(done_);
        return json_.take();
    }

  private:
    bool is_parent(const std::string& path) const {
        const std::size_t dot = place_.rfind('.');
        return path == (dot == std::string::npos ? "" : place_.substr(0, dot));
    }

    void copy_inner(const JsonNode& inner, const JsonNode& around, const std::string& path) {
        if (path == place_) return put(around.is_object() ? std::string(inner.name()) : "");
        if (around.is_object()) json_.name(inner.name());
        copy(inner, path);
    }

    void put(const std::string& name) {
        done_ = true;
        if (!value_) return;
        if (!name.empty()) json_.name(name);
        json_.raw(*value_);
    }

    const std::string& place_;
    const std::optional<std::string>& value_;
    JsonWriter json_;
    bool done_ = false;
};

void add_paths(const JsonNode& node, const std::string& path, std::vector<std::string>* paths) {
    int index = 0;
    for (auto inner = node.first(); inner; inner = inner->next(), ++index) {
        paths->push_back(below(path, *inner, node, index));
        add_paths(*inner, std::string(paths->back()), paths);
    }
}

}  // namespace

std::string change_json(const std::string& json, const std::string& path,
                        const std::optional<std::string>& value) {
    const JsonTree tree = parse(json);
    Change change(path, value);
    change.copy(tree.root(), "");
    return change.take();
}

std::vector<std::string> json_paths(const std::string& json) {
    const JsonTree tree = parse(json);
    std::vector<std::string> paths;
    add_paths(tree.root(), "", &paths);
    return paths;
}

}  // namespace kumquat::proto
