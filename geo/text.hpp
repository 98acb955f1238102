#pragma once
#include <string>

namespace battlemap::geo {

enum class Language { zh, en, both };

/// A text in Chinese and English. An empty English text falls back to the Chinese one and the reverse.
struct Text {
  std::string zh;
  std::string en;
  const std::string& in(Language language) const {
    if (language == Language::en) return en.empty() ? zh : en;
    return zh.empty() ? en : zh;
  }
  bool empty() const { return zh.empty() && en.empty(); }
};

}  // namespace battlemap::geo
