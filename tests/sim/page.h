// One run of a page: the real client core, its effects carried out against the simulated browser
// and home, and after every input a look at the model: nothing twice, nothing out of order.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include "client/core/client.h"
#include "sim/browser.h"
#include "sim/home.h"
#include "sim/ledger.h"

namespace kumquat::sim {

/// What outlives a reload of the tab.
struct TabStorage {
    std::optional<client::StoredSession> session;
};

class Page final : public LinkEnd {
  public:
    Page(EventQueue& queue, Home& home, Browser& browser, Ledger& ledger, TabStorage& storage,
         client::Settings settings);

    void start();
    /// Closed, reloaded or crashed: nothing reaches it any more.
    void die();
    bool alive() const { return alive_; }

    const client::Model& model() const { return client_.model(); }
    void command(const client::Command& command);
    /// Calls an input of the client and carries its effects out, if the page is still there.
    void input(const std::function<void(client::Client&, client::Moment)>& call);

    void on_opened(client::ConnectionNumber number) override;
    void on_closed(client::ConnectionNumber number, std::int32_t code) override;
    void on_frame(client::ConnectionNumber number, const proto::ServerFrame& frame) override;

    /// Set when the page has died: what it would write to storage after this is lost.
    std::optional<std::int64_t> writes_lost_ms;

  private:
    struct Asked {
        /// Who was signed in then.
        UserId user;
        proto::Request request;
    };
    using Requests = std::map<RequestId, Asked>;

    client::Moment now() const;
    void carry_out(const client::Connect& effect);
    void carry_out(const client::CloseConnection& effect);
    void carry_out(const client::Send& effect);
    void carry_out(const client::SetTimer& effect);
    void carry_out(const client::StoreSession& effect) { storage_.session = effect.session; }
    void carry_out(const client::ForgetSession&) { storage_.session.reset(); }
    void carry_out(const client::Announce&) {}
    void carry_out(const client::Notify&) {}
    void carry_out(const client::Notice&) {}
    void carry_out(const client::UploadPicture& effect);
    // What it would have brought comes to nothing, as if the news had been too late.
    void carry_out(const client::CancelUpload&) {}
    // Nobody exports here.
    void carry_out(const client::ExportPage&) { ledger_.fail("an export of nothing"); }
    template <typename Effect>
    void carry_out(const Effect& effect) {
        browser_.carry_out(*this, effect);
    }
    void note(client::ConnectionNumber number, const proto::ServerFrame& frame);
    void note_refused(client::ConnectionNumber number, const proto::ErrorFrame& error);
    void check_model();
    void check_conversation(const client::Conversation& conversation);

    EventQueue& queue_;
    Home& home_;
    Browser& browser_;
    Ledger& ledger_;
    TabStorage& storage_;
    client::Client client_;
    bool alive_ = true;
    std::map<client::ConnectionNumber, Home::LinkId> links_;
    /// What was asked, to know what is being answered.
    std::map<client::ConnectionNumber, Requests> requests_;
    std::map<ConversationId, client::Revision> checked_;
    std::int64_t timer_ = 0;
};

}  // namespace kumquat::sim
