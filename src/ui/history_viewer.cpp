// The pictures of the history in full size, one after the other.
#include <utility>

#include "picture/inspector.h"
#include "ui/history_ui.h"
#include "ui/picture_bubble.h"

namespace kumquat::ui {

std::optional<std::size_t> HistoryUi::picture_beside(std::size_t index, int direction) const {
    std::size_t count = rows_.rows.size();
    // Unsigned: a step before the first row ends behind the last.
    for (std::size_t i = index + static_cast<std::size_t>(direction); i < count;
         i += static_cast<std::size_t>(direction)) {
        const client::TimelineRow& row = rows_.rows[i];
        if (row.kind == client::RowKind::kMessage && row.body_kind == client::BodyKind::kPicture)
            return i;
    }
    return std::nullopt;
}

void HistoryUi::view_picture(Frame& frame, std::size_t index) {
    const client::TimelineRow& row = rows_.rows[index];
    ShownPicture picture = picture_of(row, frame.model.me.user_id);
    const client::Conversation* conversation = frame.model.find(conversation_);
    bool older = conversation != nullptr && conversation->timeline.older();
    ShowPicture action;
    platform::ViewerPicture& shown = action.picture;
    shown.picture = picture.original().name;
    shown.width = picture.original().width;
    shown.height = picture.original().height;
    shown.preview = picture.renditions[1].name;
    shown.alt = picture_name(frame, look_, picture, row);
    shown.from = row.own ? std::string(frame.str(Str::msg_own_a11y)) : look_.peer_name;
    std::string_view tag = language_tag(frame.lang);
    TimeMs time = row.time.value_or(frame.wall);
    shown.time = frame.dates.format(time, platform::DateForm::kLongDate, tag) + " " +
                 frame.dates.format(time, platform::DateForm::kTime, tag);
    shown.file_name =
        "kumquat-" + number_text(time.value()) + "." +
        std::string(picture::file_ending(static_cast<picture::Format>(picture.format)));
    shown.has_previous = picture_beside(index, -1).has_value() || older;
    shown.has_next = picture_beside(index, 1).has_value();
    platform::ViewerWords& words = action.words;
    words.dialog = frame.str(Str::view_title);
    words.zoom_in = frame.str(Str::view_in);
    words.zoom_out = frame.str(Str::view_out);
    words.save = frame.str(Str::view_save);
    words.close = frame.str(Str::view_close);
    words.previous = frame.str(Str::view_previous);
    words.next = frame.str(Str::view_next);
    words.broken = frame.str(Str::pic_broken);
    frame.actions.emplace_back(std::move(action));
    viewed_ = row.key;
    viewer_step_ = 0;
}

/// Goes where the viewer wants to, once the page of history that it leads to is there.
void HistoryUi::step_viewer(Frame& frame) {
    if (!viewed_ || viewer_step_ == 0) return;
    std::size_t at = 0;
    while (at < rows_.rows.size() && rows_.rows[at].key != *viewed_)
        ++at;
    if (at == rows_.rows.size()) {
        viewer_step_ = 0;
        return;
    }
    if (auto beside = picture_beside(at, viewer_step_)) {
        view_picture(frame, *beside);
        return;
    }
    const client::Conversation* conversation = frame.model.find(conversation_);
    bool waits = viewer_step_ < 0 && conversation != nullptr && conversation->timeline.older() &&
                 !conversation->timeline.load_error();
    if (waits) {
        frame.command(client::LoadOlder{conversation_});
    } else {
        viewer_step_ = 0;
    }
}

}  // namespace kumquat::ui
