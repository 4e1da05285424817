// The world around the page, as interfaces. src/platform/web implements them in a browser,
// src/platform/headless in tests.
//
//   transport.h     text frames to a service
//   storage.h       preferences, the tab's session, records (outbox, drafts)
//   scheduler.h     frames on demand, wake-ups
//   clock.h         wall clock, monotonic clock, random bytes
//   environment.h   window size, theme, motion, language, visibility, page settings
//   input.h         pointer, wheel, keys; the Enter rule
//   text_field.h    the browser's text fields over reserved rectangles
//   dom_mirror.h    the parallel tree of roles, announcements
//   page.h          clipboard, files, title and address, marks, locks between tabs
//   notifier.h      a sound, and the system's notifications
//   dates.h         dates in words, by Intl
//   pinyin.h        Chinese names in Latin letters, by Intl
//   glyph_raster.h  letters drawn by the browser; for src/gfx alone
//   pictures.h      pictures of this device: choosing, preparing, keeping them
//   blob_channel.h  their bytes on the way to a service
//   picture_loader.h  pictures into textures; for src/gfx alone
//   picture_viewer.h  pictures in full size
//   local_home.h    the service inside this browser, and all that it keeps
//
// Everything runs on one thread. A function that takes a callback never calls it before it has
// returned. Coordinates are physical pixels (geometry.h), times are milliseconds, text is UTF-8.
// Nothing here throws; what can fail says so.
//
// The order of a frame, as src/app keeps it:
//   1. gfx::Screen::begin: sizes, Dear ImGui's new frame
//   2. fields.begin; the panes draw with gfx::Canvas, place fields, fill the mirror's tree
//   3. fields.end, mirror.update
//   4. gfx::Screen::end: glyphs, shapes and draw lists go to WebGL
//   5. what the panes asked for is carried out
#pragma once

#include "platform/blob_channel.h"
#include "platform/clock.h"
#include "platform/dates.h"
#include "platform/dom_mirror.h"
#include "platform/environment.h"
#include "platform/glyph_raster.h"
#include "platform/input.h"
#include "platform/local_home.h"
#include "platform/notifier.h"
#include "platform/page.h"
#include "platform/picture_loader.h"
#include "platform/picture_viewer.h"
#include "platform/pictures.h"
#include "platform/pinyin.h"
#include "platform/scheduler.h"
#include "platform/storage.h"
#include "platform/text_field.h"
#include "platform/transport.h"

namespace kumquat::platform {

/// All of it in one place; the app hands on only what a part needs. Lives as long as the page.
struct Platform {
    PageClock& clock;
    Random& random;
    Scheduler& scheduler;
    Environment& environment;
    Input& input;
    TextFields& fields;
    DomMirror& mirror;
    Transport& transport;
    Storage& storage;
    Clipboard& clipboard;
    History& history;
    Marks& marks;
    Locks& locks;
    Dates& dates;
    GlyphRaster& glyphs;
    Files& files;
    Notifier& notifier;
    Pinyin& pinyin;
    Pictures& pictures;
    BlobChannel& blobs;
    PictureLoader& loader;
    PictureViewer& viewer;
    LocalHome& local;
};

}  // namespace kumquat::platform
