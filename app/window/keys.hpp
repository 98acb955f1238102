#pragma once
#include <optional>
#include <string_view>

#include "app/window/session.hpp"

namespace battlemap::app {

/// What the keyboard can ask for, whatever key it is on.
enum class Key {
  left,
  right,
  up,
  down,
  zoom_in,
  zoom_out,
  home,
  full_screen,
  language,
  theme,
  year_before,
  year_after,
  help,
  back,
  enter,
  search,
  export_picture,
  panel
};

/// By typed character: + - L T F E ?.
std::optional<Key> key_of_character(char32_t character);
/// Does it. Searching or typing is the caller's business: it does not pass keys on then.
void apply_key(Session& session, Key key);

}  // namespace battlemap::app
