// Makes a file of a chat that the client gives out page by page: readable lines, or the JSON that
// the tutorial's page kept its chats in, {name, message: [{target, name, mes, picurl}]}.
#pragma once

#include <optional>
#include <string>

#include "client/core/effect.h"
#include "platform/dates.h"
#include "platform/page.h"
#include "proto/json_writer.h"
#include "ui/strings.h"

namespace kumquat::app {

class ChatExport {
  public:
    explicit ChatExport(const platform::Dates& dates) : dates_(dates) {}

    /// Takes the next page. The file, once it is complete; nothing before, and nothing of a chat
    /// that was given up.
    std::optional<platform::SavedFile> add(const client::ExportPage& page, ui::Lang lang);

  private:
    void begin(const client::ExportPage& page, ui::Lang lang);
    void add_line(const client::ExportPage& page, const proto::Message& message, ui::Lang lang);
    void add_object(const client::ExportPage& page, const proto::Message& message, ui::Lang lang);

    const platform::Dates& dates_;
    std::string lines_;
    /// The local day of the last line.
    std::int64_t day_ = -1;
    proto::JsonWriter json_;
};

}  // namespace kumquat::app
