// What the panes want done. They change nothing themselves: the app carries these out after the
// frame, in order.
#pragma once

#include <string>
#include <variant>

#include "base/ids.h"
#include "client/core/command.h"
#include "platform/dom_mirror.h"
#include "platform/local_home.h"
#include "platform/picture_viewer.h"
#include "platform/pictures.h"
#include "ui/preferences.h"

namespace kumquat::ui {

/// One of the people who were here before, chosen at the login.
struct SignInAs {
    std::string user_id;
    std::string nick;
};
/// A new choice of theme, language, sound or notifications; kept for all tabs.
struct SetPreferences {
    Preferences preferences;
};
/// Copies text to the clipboard; the outcome is told through Ui::on_copied().
struct CopyText {
    std::string text;
};
/// Moves the focus to a node of the mirror.
struct FocusNode {
    std::string key;
};
/// Selects the text of a node of the mirror.
struct SelectText {
    std::string key;
};
struct AnnounceText {
    std::string text;
    platform::Politeness politeness = platform::Politeness::kPolite;
};
/// This frame is the first to show that message.
struct MarkPainted {
    ConversationId conversation;
    Seq seq;
};
/// The composer of this frame can be typed into.
struct MarkReady {};
/// On a window with one pane: the chat was left by the person's own doing.
struct LeaveChat {};
struct ReloadPage {};
/// Asks the browser for the system's notifications; the preference follows its answer.
struct AskForNotifications {};
/// Lets the person choose a picture of themselves.
struct PickAvatar {};

/// Opens the browser's file chooser for pictures to send.
struct PickPictures {};
/// A picture that waited in the composer is not wanted any more.
struct ForgetAttachment {
    std::string key;
};
/// Something is done with all that the service in this browser keeps.
struct ActOnDevice {
    platform::LocalAct act;
};
/// Opens a second tab with a second person, who becomes a friend of this one's.
struct OpenSecondTab {};
/// Shows a picture in full size.
struct ShowPicture {
    platform::ViewerPicture picture;
    platform::ViewerWords words;
};

/// Puts a text at the caret of a field, as if it had been typed.
struct InsertText {
    std::string field;
    std::string text;
};
/// Loads the list of emoji; it comes through Ui::on_emoji().
struct LoadEmoji {};

using Action = std::variant<client::Command, SignInAs, SetPreferences, CopyText, FocusNode,
                            SelectText, AnnounceText, MarkPainted, MarkReady, LeaveChat, ReloadPage,
                            AskForNotifications, PickAvatar, PickPictures, ForgetAttachment,
                            ActOnDevice, OpenSecondTab, ShowPicture, InsertText, LoadEmoji>;

}  // namespace kumquat::ui
