#pragma once
#include <span>
#include <string>
#include <vector>

#include "app/window/ui.hpp"

namespace battlemap::app {

// The window's own controls, drawn by hand on Dear ImGui's hit testing. `name` identifies a control within
// the window and names its mark for scripts.

enum class Icon { search, left, right, up, down, close, help, panel, plus, minus, home, check };
void draw_icon(ImDrawList* list, ImVec2 centre, float size, Icon icon, ImU32 colour);

/// A small heading above a group of controls.
void section(const Ui& ui, const char* title);

/// A button with an icon and no words; `tip` says what it does.
bool icon_button(const Ui& ui, const std::string& name, Icon icon, const char* tip);

enum class Weightiness { quiet, primary };
bool button(const Ui& ui, const std::string& name, const char* label, Weightiness weight, float width);

/// A row of a list; the active one carries the accent.
bool list_row(const Ui& ui, const std::string& name, std::string_view label, bool active);
/// Two lines: what it is, and where.
bool result_row(const Ui& ui, const std::string& name, std::string_view label, std::string_view detail,
                bool active);

/// A choice of several that may be chosen together: mark, words, number at the right.
bool check_row(const Ui& ui, const std::string& name, std::string_view label, std::string_view number, bool chosen);
/// A small pill with words, and a cross when it can be taken away. Width as needed, at most `room`.
bool chip(const Ui& ui, const std::string& name, std::string_view label, bool removable, float room);
/// A heading that opens and closes what is under it; returns whether it is open.
bool fold(const Ui& ui, const std::string& name, const char* title, bool& open);

struct Segment {
  std::string name;
  const char* label;
  bool enabled = true;
};
/// One of several choices side by side, as wide as there is room or as asked; returns the index pressed, or -1.
int segmented(const Ui& ui, std::span<const Segment> segments, int active, float width = 0);

/// The years of a map on a line; returns the year chosen now (`year` itself when untouched).
int year_slider(const Ui& ui, const std::string& name, std::span<const int> years, int year);

/// - N +: returns N, changed or not.
int stepper(const Ui& ui, const std::string& name, const char* label, int value, int low, int high);

void progress_bar(const Ui& ui, double fraction);

}  // namespace battlemap::app
