// TextFields without a browser: remembers what each field looked like, passes on differences, and
// holds everything back while somebody composes. A home supplies the fields themselves as a sink
// and reports what happens in them.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "platform/text_field.h"

namespace kumquat::platform {

/// Which parts of a FieldSpec differ from the ones before.
enum FieldChange : unsigned {
    kFieldPlace = 1,  ///< rect, clip, font, line.
    kFieldColors = 2,
    kFieldNames = 4,   ///< placeholder, label, description.
    kFieldStates = 8,  ///< invalid, read_only, required, reveal, covered, length_max.
    kFieldEverything = 15
};

class FieldSet : public TextFields {
  public:
    class Sink {
      public:
        virtual ~Sink() = default;
        /// Makes or changes a field; `changes` has bits of FieldChange.
        virtual void apply(const FieldSpec& spec, unsigned changes) = 0;
        virtual void show(std::string_view id, bool shown) = 0;
        virtual void remove(std::string_view id) = 0;
        // Named unlike TextFields' own: whoever is both would override both with one function.
        virtual void put_text(std::string_view id, std::string_view text) = 0;
        virtual void put_insert(std::string_view id, std::string_view text) = 0;
        virtual void put_focus(std::string_view id) = 0;
        virtual void put_select_all(std::string_view id) = 0;
    };

    explicit FieldSet(Sink* sink) : sink_(sink) {}

    void set_listener(Listener* listener) override { listener_ = listener; }
    void begin() override;
    void place(const FieldSpec& spec) override;
    void end() override;
    void forget(std::string_view id) override;
    void set_text(std::string_view id, std::string_view text) override;
    void insert(std::string_view id, std::string_view text) override;
    void focus(std::string_view id) override;
    void select_all(std::string_view id) override;
    std::string_view text(std::string_view id) const override;
    float height_px(std::string_view id) const override;
    std::string_view focused() const override { return focused_; }
    bool composing() const override { return !composing_.empty(); }

    // Events of the home.
    void on_text(std::string_view id, std::string_view text);
    void on_focus(std::string_view id, bool focused);
    void on_composition(std::string_view id, bool composing);
    void on_height(std::string_view id, float height_px);
    void on_submit(std::string_view id);
    bool on_key(std::string_view id, const KeyEvent& event);

    /// Everything is sent anew with the next frame (the pixel ratio changed).
    void resend_places();

  private:
    struct Field {
        FieldSpec spec;
        std::string text;
        float height_px = 0;
        bool made = false;
        bool placed = false;
        bool shown = false;
        // Waits for the end of a composition.
        bool text_waits = false;
        bool focus_waits = false;
        /// Inserted while it was hidden or somebody composed in it.
        std::string insert_waits;
        unsigned changes_wait = 0;
    };
    Field& field_of(std::string_view id);
    Field* find(std::string_view id);
    bool held(std::string_view id) const { return composing_ == id; }

    Sink* sink_;
    Listener* listener_ = nullptr;
    std::map<std::string, Field, std::less<>> fields_;
    std::string focused_;
    std::string composing_;
};

}  // namespace kumquat::platform
