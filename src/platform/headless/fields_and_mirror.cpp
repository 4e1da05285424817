#include "base/check.h"
#include "platform/headless/headless.h"

namespace kumquat::platform::headless {

void RecordedFields::apply(const FieldSpec& spec, unsigned) {
    elements[spec.id].spec = spec;
    ++changes_count;
}

void RecordedFields::show(std::string_view id, bool shown) {
    elements[std::string(id)].shown = shown;
    ++changes_count;
}

void RecordedFields::remove(std::string_view id) {
    elements.erase(std::string(id));
}

void RecordedFields::put_text(std::string_view id, std::string_view text) {
    elements[std::string(id)].text = std::string(text);
}

void RecordedFields::put_insert(std::string_view id, std::string_view text) {
    std::string& kept = elements[std::string(id)].text;
    kept.append(text);
    on_text(id, std::string(kept));
}

void RecordedFields::put_focus(std::string_view id) {
    if (focused() == id) return;
    if (!focused().empty()) on_focus(std::string(focused()), false);
    on_focus(id, true);
}

void RecordedFields::blur() {
    if (!focused().empty()) on_focus(std::string(focused()), false);
}

void RecordedFields::type(std::string_view id, std::string_view text) {
    KUMQUAT_CHECK(shown(id));
    focus(id);
    elements[std::string(id)].text = std::string(text);
    on_text(id, text);
}

bool RecordedFields::shown(std::string_view id) const {
    auto found = elements.find(id);
    return found != elements.end() && found->second.shown;
}

void RecordedMirror::update(MirrorTree tree) {
    changes_count += static_cast<int>(diff_.update(std::move(tree)).size());
    if (!focus_waits_.empty() && diff_.find(focus_waits_) >= 0)
        focus(std::exchange(focus_waits_, {}));
    if (!focused_.empty() && diff_.find(focused_) < 0) {
        std::string beside = diff_.neighbour(std::exchange(focused_, {}));
        if (listener != nullptr) listener->on_node_focus({}, false);
        if (!beside.empty()) {
            focus(beside);
        } else if (listener != nullptr) {
            listener->on_focus_lost(diff_.tree());
        }
    }
}

void RecordedMirror::focus(std::string_view key) {
    if (diff_.find(key) < 0) {
        focus_waits_ = std::string(key);
        return;
    }
    focused_ = std::string(key);
    if (listener != nullptr) listener->on_node_focus(focused_, false);
}

void RecordedMirror::announce(std::string_view text, Politeness politeness) {
    announced.emplace_back(std::string(text), politeness);
}

const MirrorNode* RecordedMirror::find_key(std::string_view key) const {
    int at = diff_.find(key);
    return at < 0 ? nullptr : &diff_.tree()[static_cast<std::size_t>(at)];
}

const MirrorNode* RecordedMirror::find(Role role, std::string_view name) const {
    const MirrorTree& nodes = diff_.tree();
    for (const MirrorNode& node : nodes) {
        if (node.role != role || node.name != name) continue;
        bool inert = node.inert;
        for (int up = node.parent; up >= 0 && !inert;
             up = nodes[static_cast<std::size_t>(up)].parent) {
            inert = nodes[static_cast<std::size_t>(up)].inert;
        }
        if (!inert) return &node;
    }
    return nullptr;
}

bool RecordedMirror::activate(Role role, std::string_view name) {
    const MirrorNode* node = find(role, name);
    if (node == nullptr || node->disabled || listener == nullptr) return false;
    listener->on_activate(std::string(node->key));
    return true;
}

}  // namespace kumquat::platform::headless
