// Asks for what is looked for once the person has paused typing, and ends the search with it.
#pragma once

#include "client/core/search_query.h"
#include "ui/frame.h"

namespace kumquat::ui {

class DelayedSearch {
  public:
    /// What is looked for in this frame.
    void want(Frame& frame, const client::SearchQuery& query);
    /// Nothing is looked for any more.
    void end(Frame& frame);
    /// What the model has found answers what is looked for.
    bool answered(const client::Model& model) const;
    /// Something is looked for: asked for already, or soon.
    bool wanted() const { return wanted_; }

  private:
    bool wanted_ = false;
    bool asked_ = false;
    client::SearchQuery query_;
    double changed_ms_ = 0;
};

}  // namespace kumquat::ui
