#include "app/chat_export.h"

#include <utility>

namespace kumquat::app {

namespace {

/// Where the service gives a picture out; a path, so that the file tells nothing of the host.
std::string picture_path(const proto::Message& message) {
    if (!message.body.image || message.body.image->renditions.empty()) return {};
    return "/pictures/" + message.body.image->renditions.front().id.text();
}

/// A message's further lines stand under its first.
std::string indented(std::string_view text) {
    std::string out;
    for (char c : text) {
        out += c;
        if (c == '\n') out += "       ";
    }
    return out;
}

}  // namespace

void ChatExport::begin(const client::ExportPage& page, ui::Lang lang) {
    lines_ = ui::fill(lang, ui::Str::chat_export_name, {{"name", page.peer_name}}) + "\n";
    day_ = -1;
    json_ = proto::JsonWriter();
    json_.begin_object();
    json_.name("name");
    json_.string(page.peer_name);
    json_.name("message");
    json_.begin_array();
}

void ChatExport::add_line(const client::ExportPage& page, const proto::Message& message,
                          ui::Lang lang) {
    std::string_view tag = ui::language_tag(lang);
    std::int64_t day = dates_.day_number(message.time);
    if (day != day_) {
        day_ = day;
        lines_ += "\n" + dates_.format(message.time, platform::DateForm::kLongDate, tag) + "\n";
    }
    lines_ += dates_.format(message.time, platform::DateForm::kTime, tag) + "  ";
    lines_ += message.from == page.me ? page.my_name : page.peer_name;
    lines_ += ": ";
    if (message.recalled) {
        lines_ += ui::text(lang, ui::Str::chat_export_recalled);
    } else if (message.body.type == proto::kTextType) {
        lines_ += indented(message.body.content);
    } else if (message.body.type == proto::kImageType) {
        lines_ += ui::text(lang, ui::Str::preview_image);
        lines_ += " " + picture_path(message);
    } else {
        lines_ += ui::text(lang, ui::Str::preview_other);
    }
    lines_ += "\n";
}

void ChatExport::add_object(const client::ExportPage& page, const proto::Message& message,
                            ui::Lang lang) {
    bool own = message.from == page.me;
    json_.begin_object();
    json_.name("target");
    json_.string((own ? page.conversation.peer() : page.me).text());
    json_.name("name");
    json_.string(own ? page.my_name : page.peer_name);
    json_.name("mes");
    if (message.recalled) {
        json_.string(ui::text(lang, ui::Str::chat_export_recalled));
    } else {
        json_.string(message.body.type == proto::kTextType ? message.body.content : std::string());
    }
    json_.name("picurl");
    json_.string(picture_path(message));
    json_.end_object();
}

std::optional<platform::SavedFile> ChatExport::add(const client::ExportPage& page, ui::Lang lang) {
    using Place = client::ExportPage::Place;
    bool as_json = page.format == client::ExportFormat::kJson;
    if (page.first) begin(page, lang);
    for (const proto::Message& message : page.messages) {
        if (message.deleted) continue;
        if (as_json) {
            add_object(page, message, lang);
        } else {
            add_line(page, message, lang);
        }
    }
    if (page.place == Place::kMore) return std::nullopt;
    std::string lines = std::exchange(lines_, {});
    json_.end_array();
    json_.end_object();
    std::string json = std::exchange(json_, {}).take();
    if (page.place == Place::kGivenUp) return std::nullopt;
    std::string name = ui::fill(lang, ui::Str::chat_export_name, {{"name", page.peer_name}});
    if (as_json) return platform::SavedFile{name + ".json", "application/json", std::move(json)};
    return platform::SavedFile{name + ".txt", "text/plain;charset=utf-8", std::move(lines)};
}

}  // namespace kumquat::app
