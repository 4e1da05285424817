#include "platform/field_set.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace kumquat::platform {
namespace {

class Log : public FieldSet::Sink, public TextFields::Listener {
  public:
    void apply(const FieldSpec& spec, unsigned changes) override {
        add("apply " + spec.id + " " + std::to_string(changes));
    }
    void show(std::string_view id, bool shown) override {
        add((shown ? "show " : "hide ") + std::string(id));
    }
    void remove(std::string_view id) override { add("remove " + std::string(id)); }
    void put_text(std::string_view id, std::string_view text) override {
        add("text " + std::string(id) + "=" + std::string(text));
    }
    void put_insert(std::string_view id, std::string_view text) override {
        add("insert " + std::string(id) + "+" + std::string(text));
    }
    void put_focus(std::string_view id) override { add("focus " + std::string(id)); }
    void put_select_all(std::string_view id) override { add("select " + std::string(id)); }

    void on_field_text(std::string_view id, std::string_view text) override {
        add("typed " + std::string(id) + "=" + std::string(text));
    }
    void on_field_submit(std::string_view id) override { add("submit " + std::string(id)); }
    void on_field_focus(std::string_view id, bool focused) override {
        add((focused ? "in " : "out ") + std::string(id));
    }
    bool on_field_key(std::string_view, const KeyEvent& event) override {
        return event.key == Key::kEscape;
    }
    void on_field_height(std::string_view, float height_px) override {
        add("height " + std::to_string(static_cast<int>(height_px)));
    }

    std::vector<std::string> take() { return std::exchange(lines, {}); }
    std::vector<std::string> lines;

  private:
    void add(std::string line) { lines.push_back(std::move(line)); }
};

using Lines = std::vector<std::string>;

class FieldSetTest : public testing::Test {
  protected:
    FieldSetTest() { fields.set_listener(&log); }
    void frame(const std::vector<FieldSpec>& specs) {
        fields.begin();
        for (const FieldSpec& spec : specs)
            fields.place(spec);
        fields.end();
    }
    FieldSpec composer(float y = 100) {
        FieldSpec spec;
        spec.id = "composer";
        spec.kind = FieldKind::kComposer;
        spec.label = "Message";
        spec.rect = {10, y, 300, 22};
        return spec;
    }
    Log log;
    FieldSet fields{&log};
};

TEST_F(FieldSetTest, OnlyDifferencesAreSent) {
    frame({composer()});
    EXPECT_EQ(log.take(), (Lines{"apply composer 15", "show composer"}));
    frame({composer()});
    EXPECT_TRUE(log.take().empty());
    frame({composer(120)});
    EXPECT_EQ(log.take(), (Lines{"apply composer 1"}));
    FieldSpec named = composer(120);
    named.placeholder = "hi";
    named.read_only = true;
    frame({named});
    EXPECT_EQ(log.take(), (Lines{"apply composer 12"}));
}

TEST_F(FieldSetTest, UnplacedFieldsAreHiddenAndKeepTheirText) {
    frame({composer()});
    fields.on_text("composer", "draft");
    log.take();
    frame({});
    EXPECT_EQ(log.take(), (Lines{"hide composer"}));
    EXPECT_EQ(fields.text("composer"), "draft");
    frame({composer()});
    EXPECT_EQ(log.take(), (Lines{"show composer"}));
    fields.forget("composer");
    EXPECT_EQ(log.take(), (Lines{"remove composer"}));
    EXPECT_EQ(fields.text("composer"), "");
}

TEST_F(FieldSetTest, TextSetBeforeTheFieldIsThereIsNotLost) {
    fields.set_text("composer", "draft");
    EXPECT_TRUE(log.take().empty());
    frame({composer()});
    EXPECT_EQ(log.take(), (Lines{"apply composer 15", "text composer=draft", "show composer"}));
}

TEST_F(FieldSetTest, TypingIsReportedAndNotSentBack) {
    frame({composer()});
    log.take();
    fields.on_text("composer", "你好");
    EXPECT_EQ(log.take(), (Lines{"typed composer=你好"}));
    EXPECT_EQ(fields.text("composer"), "你好");
}

// Moving, changing or emptying a field while somebody composes breaks the composition.
TEST_F(FieldSetTest, NothingTouchesAFieldWhileComposing) {
    frame({composer()});
    fields.on_focus("composer", true);
    fields.on_composition("composer", true);
    log.take();
    EXPECT_TRUE(fields.composing());
    frame({composer(200)});
    frame({});
    fields.set_text("composer", "first");
    fields.set_text("composer", "");
    fields.insert("composer", "x");
    fields.select_all("composer");
    EXPECT_TRUE(log.take().empty());
    fields.on_composition("composer", false);
    EXPECT_EQ(log.take(), (Lines{"apply composer 1", "text composer=", "hide composer"}));
    EXPECT_FALSE(fields.composing());
}

TEST_F(FieldSetTest, OtherFieldsGoOnMeanwhile) {
    FieldSpec other = composer();
    other.id = "search";
    frame({composer(), other});
    fields.on_composition("composer", true);
    log.take();
    other.rect.x += 1;
    frame({composer(200), other});
    EXPECT_EQ(log.take(), (Lines{"apply search 1"}));
}

TEST_F(FieldSetTest, TypingDoesNotOverwriteATextThatWaits) {
    frame({composer()});
    fields.on_composition("composer", true);
    fields.set_text("composer", "");
    log.take();
    fields.on_text("composer", "ni");
    EXPECT_TRUE(log.take().empty());
    EXPECT_EQ(fields.text("composer"), "");
}

TEST_F(FieldSetTest, FocusWaitsForTheField) {
    fields.focus("composer");
    EXPECT_TRUE(log.take().empty());
    frame({composer()});
    EXPECT_EQ(log.take(), (Lines{"apply composer 15", "show composer", "focus composer"}));
    frame({composer()});
    EXPECT_TRUE(log.take().empty());
}

TEST_F(FieldSetTest, KnowsWhoHasTheFocus) {
    frame({composer()});
    fields.on_focus("composer", true);
    EXPECT_EQ(fields.focused(), "composer");
    fields.on_focus("nobody", true);
    EXPECT_EQ(fields.focused(), "composer");
    fields.on_focus("composer", false);
    EXPECT_EQ(fields.focused(), "");
}

TEST_F(FieldSetTest, AHiddenFieldLosesTheFocusOnce) {
    frame({composer()});
    fields.on_focus("composer", true);
    fields.on_focus("composer", true);
    log.take();
    frame({});
    fields.on_focus("composer", false);
    EXPECT_EQ(log.take(), (Lines{"hide composer", "out composer"}));
    EXPECT_EQ(fields.focused(), "");
}

TEST_F(FieldSetTest, HeightIsReportedOnChange) {
    frame({composer()});
    log.take();
    fields.on_height("composer", 44);
    fields.on_height("composer", 44);
    EXPECT_EQ(log.take(), (Lines{"height 44"}));
    EXPECT_FLOAT_EQ(fields.height_px("composer"), 44);
}

TEST_F(FieldSetTest, EventsOfUnknownFieldsAreIgnored) {
    fields.on_text("ghost", "x");
    fields.on_submit("ghost");
    fields.on_composition("ghost", false);
    EXPECT_FALSE(fields.on_key("ghost", {}));
    EXPECT_TRUE(log.take().empty());
}

TEST_F(FieldSetTest, AnotherPixelRatioSendsPlacesAgain) {
    frame({composer()});
    log.take();
    fields.resend_places();
    frame({composer()});
    EXPECT_EQ(log.take(), (Lines{"apply composer 1"}));
}

TEST_F(FieldSetTest, AnInsertionWaitsWhileItCannotBeSeenOrSomebodyComposes) {
    frame({composer()});
    (void)log.take();
    fields.insert("composer", "a");
    EXPECT_EQ(log.take(), (Lines{"insert composer+a"}));
    fields.on_composition("composer", true);
    fields.insert("composer", "b");
    fields.insert("composer", "c");
    frame({composer()});
    EXPECT_TRUE(log.take().empty());
    fields.on_composition("composer", false);
    frame({composer()});
    EXPECT_EQ(log.take(), (Lines{"insert composer+bc"}));
    frame({});
    (void)log.take();
    fields.insert("composer", "d");
    EXPECT_TRUE(log.take().empty());
    frame({composer()});
    EXPECT_EQ(log.take(), (Lines{"show composer", "insert composer+d"}));
    frame({composer()});
    EXPECT_TRUE(log.take().empty());
    fields.insert("nobody", "e");
    EXPECT_TRUE(log.take().empty());
}

}  // namespace
}  // namespace kumquat::platform
