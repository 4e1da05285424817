#include "server/open_store.h"

#include <optional>
#include <string>
#include <utility>

#include "store/files/file_blob_store.h"
#include "store/sqlite/sqlite_store.h"

namespace kumquat::server {
namespace {

constexpr std::string_view kSignInSetting = "sign_in";
constexpr const char* kPicturesFolder = "/pictures";

Error data_dir_error(Error error) {
    error.context = "--data-dir: " + std::string(error_text(error.code)) + ": " + error.context;
    return error;
}

// Which modes hold, given what was asked for and what was remembered.
Result<std::vector<proto::SignInMode>> settle(const Config& config,
                                              const std::optional<std::string>& remembered) {
    if (!remembered) {
        if (config.sign_in.empty()) return std::vector<proto::SignInMode>{proto::SignInMode::kName};
        return config.sign_in;
    }
    KUMQUAT_TRY_ASSIGN(const auto before, parse_sign_in(*remembered));
    if (config.sign_in.empty() || config.sign_in == before) return before;
    if (config.change_sign_in) return config.sign_in;
    return Error{ErrorCode::kInvalidArgument,
                 "--sign-in: \"" + sign_in_text(config.sign_in) + "\" is not what " +
                     config.data_dir + " remembers; allowed is \"" + *remembered +
                     "\", or another one together with --change-sign-in"};
}

}  // namespace

Result<OpenedStore> open_store(const Config& config, Executor& executor) {
    store::SqliteOptions options;
    options.data_dir = config.data_dir;
    auto opened = store::SqliteStore::open(std::move(options), executor);
    if (!opened) return data_dir_error(std::move(opened).error());
    // Behind the store, whose lock keeps a second server from the folder as well.
    auto blobs = store::FileBlobStore::open({config.data_dir + kPicturesFolder});
    if (!blobs) return data_dir_error(std::move(blobs).error());
    store::SqliteStore* store = opened->get();
    KUMQUAT_TRY_ASSIGN(const auto remembered, store->get_setting(kSignInSetting));
    KUMQUAT_TRY_ASSIGN(auto modes, settle(config, remembered));
    const std::string text = sign_in_text(modes);
    OpenedStore result;
    result.store = *std::move(opened);
    result.blobs = *std::move(blobs);
    result.sign_in = std::move(modes);
    result.remember = [store, text, known = remembered == text]() -> Status {
        return known ? Status() : store->put_setting(kSignInSetting, text);
    };
    return result;
}

}  // namespace kumquat::server
