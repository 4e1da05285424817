// The browser's own text fields.
#pragma once

#include "platform/field_set.h"

namespace kumquat::platform::web {

class WebFields : public FieldSet, private FieldSet::Sink {
  public:
    /// `pixel_ratio` is read whenever a place is sent.
    explicit WebFields(const float* pixel_ratio) : FieldSet(this), pixel_ratio_(pixel_ratio) {}

  private:
    void apply(const FieldSpec& spec, unsigned changes) override;
    void show(std::string_view id, bool shown) override;
    void remove(std::string_view id) override;
    void put_text(std::string_view id, std::string_view text) override;
    void put_insert(std::string_view id, std::string_view text) override;
    void put_focus(std::string_view id) override;
    void put_select_all(std::string_view id) override;

    const float* pixel_ratio_;
};

}  // namespace kumquat::platform::web
