#include "platform/field_set.h"

#include <utility>

namespace kumquat::platform {
namespace {

unsigned differences(const FieldSpec& a, const FieldSpec& b) {
    unsigned changes = 0;
    if (a.rect != b.rect || a.clip != b.clip || a.font_px != b.font_px || a.line_px != b.line_px ||
        a.bold != b.bold) {
        changes |= kFieldPlace;
    }
    if (a.text_rgb != b.text_rgb || a.placeholder_rgb != b.placeholder_rgb ||
        a.caret_rgb != b.caret_rgb || a.selection_rgb != b.selection_rgb) {
        changes |= kFieldColors;
    }
    if (a.placeholder != b.placeholder || a.label != b.label || a.description != b.description) {
        changes |= kFieldNames;
    }
    if (a.invalid != b.invalid || a.read_only != b.read_only || a.required != b.required ||
        a.reveal != b.reveal || a.covered != b.covered || a.length_max != b.length_max) {
        changes |= kFieldStates;
    }
    return changes;
}

}  // namespace

FieldSet::Field* FieldSet::find(std::string_view id) {
    auto found = fields_.find(id);
    return found == fields_.end() ? nullptr : &found->second;
}

FieldSet::Field& FieldSet::field_of(std::string_view id) {
    if (Field* field = find(id)) return *field;
    Field& field = fields_[std::string(id)];
    field.spec.id = std::string(id);
    return field;
}

void FieldSet::begin() {
    for (auto& [id, field] : fields_)
        field.placed = false;
}

void FieldSet::place(const FieldSpec& spec) {
    Field& field = field_of(spec.id);
    unsigned changes = field.made ? differences(field.spec, spec) : unsigned{kFieldEverything};
    changes |= field.changes_wait;
    bool first = !field.made;
    field.spec = spec;
    field.placed = true;
    field.made = true;
    field.changes_wait = 0;
    if (held(spec.id)) {
        field.changes_wait = changes;
        return;
    }
    if (changes != 0) sink_->apply(spec, changes);
    if (first && !field.text.empty()) sink_->put_text(spec.id, field.text);
}

void FieldSet::end() {
    std::string_view to_focus;
    std::string hidden_with_focus;
    std::string insert_into;
    std::string inserted;
    for (auto& [id, field] : fields_) {
        if (field.placed != field.shown && !held(id)) {
            field.shown = field.placed;
            sink_->show(id, field.shown);
            if (!field.shown && focused_ == id) hidden_with_focus = id;
        }
        if (field.focus_waits && field.shown) {
            field.focus_waits = false;
            to_focus = id;
        }
        if (!field.insert_waits.empty() && field.shown && !held(id)) {
            insert_into = id;
            inserted = std::exchange(field.insert_waits, {});
        }
    }
    // After the loop: the listener may call back into us. Browsers do not agree on telling of a
    // focus that was hidden with its element.
    if (!hidden_with_focus.empty()) on_focus(hidden_with_focus, false);
    if (!to_focus.empty()) sink_->put_focus(to_focus);
    if (!inserted.empty()) sink_->put_insert(insert_into, inserted);
}

void FieldSet::forget(std::string_view id) {
    auto found = fields_.find(id);
    if (found == fields_.end()) return;
    if (held(id)) composing_.clear();
    if (focused_ == id) focused_.clear();
    bool made = found->second.made;
    std::string key = found->first;
    fields_.erase(found);
    if (made) sink_->remove(key);
}

void FieldSet::set_text(std::string_view id, std::string_view text) {
    Field& field = field_of(id);
    field.text = std::string(text);
    if (held(id)) {
        field.text_waits = true;
    } else if (field.made) {
        sink_->put_text(id, text);
    }
}

void FieldSet::insert(std::string_view id, std::string_view text) {
    Field* field = find(id);
    if (field == nullptr || !field->made) return;
    // It comes in where it was meant to be, but not into a composition, and only into what is
    // there.
    if (held(id) || !field->shown) {
        field->insert_waits += text;
    } else {
        sink_->put_insert(id, text);
    }
}

void FieldSet::focus(std::string_view id) {
    Field& field = field_of(id);
    if (field.shown) {
        sink_->put_focus(id);
    } else {
        field.focus_waits = true;
    }
}

void FieldSet::select_all(std::string_view id) {
    Field* field = find(id);
    if (field != nullptr && field->made && !held(id)) sink_->put_select_all(id);
}

std::string_view FieldSet::text(std::string_view id) const {
    auto found = fields_.find(id);
    return found == fields_.end() ? std::string_view() : std::string_view(found->second.text);
}

float FieldSet::height_px(std::string_view id) const {
    auto found = fields_.find(id);
    return found == fields_.end() ? 0 : found->second.height_px;
}

void FieldSet::on_text(std::string_view id, std::string_view text) {
    Field* field = find(id);
    // A text that waits for the end of the composition wins over what is typed meanwhile.
    if (field == nullptr || field->text_waits) return;
    field->text = std::string(text);
    if (listener_ != nullptr) listener_->on_field_text(id, text);
}

void FieldSet::on_focus(std::string_view id, bool focused) {
    if (find(id) == nullptr) return;
    if (focused == (focused_ == id)) return;
    focused_ = focused ? std::string(id) : std::string();
    if (listener_ != nullptr) listener_->on_field_focus(id, focused);
}

void FieldSet::on_composition(std::string_view id, bool composing) {
    if (composing) {
        composing_ = std::string(id);
        return;
    }
    if (composing_ != id) return;
    composing_.clear();
    Field* field = find(id);
    if (field == nullptr) return;
    if (field->changes_wait != 0) {
        unsigned changes = field->changes_wait;
        field->changes_wait = 0;
        sink_->apply(field->spec, changes);
    }
    if (field->text_waits) {
        field->text_waits = false;
        sink_->put_text(id, field->text);
    }
    if (field->placed != field->shown) {
        field->shown = field->placed;
        sink_->show(id, field->shown);
    }
}

void FieldSet::on_height(std::string_view id, float height_px) {
    Field* field = find(id);
    if (field == nullptr || field->height_px == height_px) return;
    field->height_px = height_px;
    if (listener_ != nullptr) listener_->on_field_height(id, height_px);
}

void FieldSet::on_submit(std::string_view id) {
    if (find(id) != nullptr && listener_ != nullptr) listener_->on_field_submit(id);
}

bool FieldSet::on_key(std::string_view id, const KeyEvent& event) {
    return find(id) != nullptr && listener_ != nullptr && listener_->on_field_key(id, event);
}

void FieldSet::resend_places() {
    for (auto& [id, field] : fields_)
        field.changes_wait |= kFieldPlace;
}

}  // namespace kumquat::platform
