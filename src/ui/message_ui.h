// One row of the history: how high it is and how it is drawn. Keeps what was measured, by row.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/view/timeline_rows.h"
#include "gfx/canvas.h"
#include "ui/bubble_layout.h"
#include "ui/frame.h"
#include "ui/message_head.h"
#include "ui/message_text.h"
#include "ui/picture_shape.h"
#include "ui/reactions_ui.h"

namespace kumquat::ui {

/// What the rows of one history have in common in this frame.
struct HistoryLook {
    /// Edges of bubbles: left of received and right of own, avatars included.
    float left = 0;
    float right = 0;
    float avatar_css = 32;
    bool own_avatar = true;
    BubbleMeasures bubble;
    PictureMeasures picture;
    std::string peer_name;
    std::string peer_initials;
    std::uint32_t peer_color = 0;
    BlobId peer_picture;
    std::string my_initials;
    std::uint32_t my_color = 0;
    BlobId my_picture;
};

/// A measured message. Rebuilt when what it was made from has changed.
struct MessageShape {
    std::shared_ptr<const proto::Body> body;
    float width_max = 0;
    float size_px = 0;
    bool shows_time = false;
    client::MessageState state = client::MessageState::kReceived;
    Lang lang = Lang::kEnglish;
    TimeMs time;
    std::string local_key;
    std::string peer_name;
    std::optional<client::QuoteShown> quote;
    bool forwarded = false;
    bool edited = false;
    std::vector<client::ReactionShown> reactions;

    BubbleBox box;
    MessageHead head;
    /// The head has a bubble of its own, above what has none or is a picture; 0: it is in the
    /// bubble, or there is none.
    float head_apart = 0;
    ReactionPills pills;
    /// The text as drawn: the message, or the words in its place.
    std::string text;
    std::vector<LinkPiece> links;
    std::string time_words;
    /// Whose it is and when it was sent: stands over it when several are copied.
    std::string copied;
    float meta_width = 0;
    /// Of a picture message.
    ShownPicture picture;
};

/// The parts of a drawn message that can be used.
struct MessageUse {
    bool retry = false;
    bool menu = false;
    /// The picture is to be seen in full size.
    bool view = false;
    /// Its upload is to be given up.
    bool cancel = false;
    /// The message that it answers is to be shown.
    bool quote = false;
    /// The reaction that was used, by its index.
    std::optional<std::size_t> reaction;
    Rect bubble;
};

/// Colours of time and state: in general, and of the mark of what was read.
struct MetaColors {
    Color ink;
    Color read;
};
/// Time and state, flush right in the width that was kept free for the widest state.
void draw_meta(Frame& frame, gfx::Canvas& canvas, Point baseline, const MessageShape& shape,
               const client::TimelineRow& row, MetaColors colors);

class MessageShapes {
  public:
    const MessageShape& shape(Frame& frame, gfx::Canvas& canvas, const HistoryLook& look,
                              const client::TimelineRow& row);
    void clear() { shapes_.clear(); }

  private:
    std::map<client::RowKey, MessageShape> shapes_;
};

/// The height of a message with what hangs on it (time below large emoji, "not sent").
float message_height(Frame& frame, const MessageShape& shape, const client::TimelineRow& row);

/// How a message is drawn in this frame.
struct MessagePlace {
    float y = 0;
    /// What of the history can be seen.
    Rect view;
    /// 0 to 1: how far a new bubble has come.
    float slide = 1;
    /// 0 to 1: how brightly it is lit, as one that was jumped to.
    float lit = 0;
};
/// Draws it and leaves its nodes in the mirror. `key`: its mirror key.
MessageUse draw_message(Frame& frame, gfx::Canvas& canvas, const HistoryLook& look,
                        const MessageShape& shape, const client::TimelineRow& row,
                        std::string_view key, const MessagePlace& place);

/// Time and state next to a bubble that does not hold them: while the pointer is on its line.
void draw_time_beside(Frame& frame, gfx::Canvas& canvas, const HistoryLook& look,
                      const MessageShape& shape, const client::TimelineRow& row, Rect bubble);

/// What a picture is called: "Picture from Ann, 1280 by 720".
std::string picture_name(const Frame& frame, const HistoryLook& look, const ShownPicture& picture,
                         const client::TimelineRow& row);

/// The accessible name: "Ann, 12:30" or "You, 12:31, Read".
std::string message_name(const Frame& frame, const HistoryLook& look, const MessageShape& shape,
                         const client::TimelineRow& row);

}  // namespace kumquat::ui
