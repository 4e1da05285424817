// Pictures that wait in the composer until they are sent, for each chat its own: what was chosen
// for one person never goes to another.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "client/core/picture.h"

namespace kumquat::ui {

struct Attachment {
    std::string key;
    /// The file's, for people.
    std::string name;
    /// It can be sent; until then `picture` has nothing but its key.
    bool ready = false;
    client::LocalPicture picture;
};

class Attachments {
  public:
    /// So many go out at once.
    static constexpr std::size_t kMax = 9;

    /// False: there are as many as can be.
    bool add(const ConversationId& conversation, std::string key, std::string name);
    /// It was prepared. False: nobody waits for it any more.
    bool set_ready(const client::LocalPicture& picture);
    /// The name of the one that was removed; nothing happens if there is none.
    std::string remove(std::string_view key);
    const std::vector<Attachment>& of(const ConversationId& conversation) const;
    bool all_ready(const ConversationId& conversation) const;
    /// They are being sent.
    std::vector<client::LocalPicture> take(const ConversationId& conversation);
    /// Nobody is signed in any more. The keys of all that there were.
    std::vector<std::string> clear();

  private:
    std::map<ConversationId, std::vector<Attachment>> waiting_;
};

}  // namespace kumquat::ui
