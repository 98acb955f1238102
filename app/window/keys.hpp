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
  panel,
  board_1,  ///< the six maps; in a row
  board_2,
  board_3,
  board_4,
  board_5,
  board_6,
  leave_board,
  filter,
  villages,
  data,
  print
};

/// By typed character: + - L T F E P V G D ? and 0 to 6.
std::optional<Key> key_of_character(char32_t character);
/// Does it. Searching or typing is the caller's business: it does not pass keys on then.
void apply_key(Session& session, Key key);

}  // namespace battlemap::app
