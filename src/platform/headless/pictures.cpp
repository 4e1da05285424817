#include "platform/headless/pictures.h"

#include <algorithm>

namespace kumquat::platform::headless {

void ScriptedPictures::prepare(const std::string& user, const std::string& key, PicturePurpose) {
    waiting_.emplace_back(user, key);
}

void ScriptedPictures::forget(const std::string& user, const std::string& key) {
    kept.erase({user, key});
    auto same = [&](const auto& entry) { return entry.second == key; };
    waiting_.erase(std::remove_if(waiting_.begin(), waiting_.end(), same), waiting_.end());
}

void ScriptedPictures::keep_only(const std::string& user, const std::vector<std::string>& keys) {
    for (auto entry = kept.begin(); entry != kept.end();) {
        bool wanted = entry->first != user ||
                      std::find(keys.begin(), keys.end(), entry->second) != keys.end();
        entry = wanted ? std::next(entry) : kept.erase(entry);
    }
}

std::string ScriptedPictures::choose(PicturePurpose purpose, const std::string& name,
                                     const std::string& head, std::int64_t bytes) {
    std::string digits = std::to_string(++keys_count_);
    std::string key = std::string(32 - digits.size(), '0') + digits;
    listener->on_picked(purpose, {{key, name, bytes, head}});
    return key;
}

void ScriptedPictures::run() {
    if (slow) return;
    for (const auto& [user, key] : std::exchange(waiting_, {})) {
        if (error) {
            listener->on_prepared(key, Error{*error, "scripted"});
            continue;
        }
        kept.insert({user, key});
        listener->on_prepared(key, outcome);
    }
}

void ScriptedBlobs::abort(std::int64_t number) {
    auto same = [&](const BlobUpload& upload) { return upload.number == number; };
    auto found = std::find_if(open.begin(), open.end(), same);
    if (found == open.end()) return;
    open.erase(found);
    ++aborts_count;
}

void ScriptedBlobs::finish(const Result<BlobId>& id) {
    std::int64_t number = open.front().number;
    open.erase(open.begin());
    listener->on_blob_done(number, id);
}

void ScriptedLoader::load(LoadNumber number, const PictureName& name, int width_px) {
    waiting.push_back({number, name, width_px});
    ++loads_count;
}

void ScriptedLoader::drop(LoadNumber number) {
    auto same = [&](const Load& load) { return load.number == number; };
    waiting.erase(std::remove_if(waiting.begin(), waiting.end(), same), waiting.end());
    decoded.erase(std::remove(decoded.begin(), decoded.end(), number), decoded.end());
    ++drops_count;
}

void ScriptedLoader::fill(LoadNumber number, std::uint32_t texture) {
    filled[texture] = number;
    decoded.erase(std::remove(decoded.begin(), decoded.end(), number), decoded.end());
}

void ScriptedLoader::decode_all(int width, int height) {
    for (const Load& load : std::exchange(waiting, {})) {
        decoded.push_back(load.number);
        listener->on_picture_decoded(load.number, width, height);
    }
}

void ScriptedLoader::fail_all(LoadFailure failure) {
    for (const Load& load : std::exchange(waiting, {}))
        listener->on_picture_failed(load.number, failure);
}

}  // namespace kumquat::platform::headless
