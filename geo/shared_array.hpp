#pragma once
#include <algorithm>
#include <initializer_list>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace battlemap::geo {

/// An array of its own, or one shown of memory that somebody else keeps: a pack's, mostly. What is shown becomes its own when
/// it is changed.
template <class T>
class SharedArray {
 public:
  SharedArray() = default;
  SharedArray(std::vector<T> own) : own_(std::move(own)) {}  // NOLINT(google-explicit-constructor): is one
  SharedArray(std::initializer_list<T> own) : own_(own) {}
  SharedArray(std::span<const T> shown, std::shared_ptr<const void> memory) : shown_(shown), memory_(std::move(memory)) {}

  std::span<const T> view() const { return memory_ ? shown_ : std::span<const T>(own_); }
  operator std::span<const T>() const { return view(); }  // NOLINT(google-explicit-constructor): is one
  std::size_t size() const { return view().size(); }
  bool empty() const { return view().empty(); }
  const T* data() const { return view().data(); }
  const T* begin() const { return view().data(); }
  const T* end() const { return view().data() + view().size(); }
  const T& operator[](std::size_t i) const { return view()[i]; }
  const T& back() const { return view().back(); }
  friend bool operator==(const SharedArray& a, const SharedArray& b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }
  /// To be changed.
  std::vector<T>& own() {
    if (memory_) own_.assign(shown_.begin(), shown_.end()), shown_ = {}, memory_.reset();
    return own_;
  }
  void push_back(const T& value) { own().push_back(value); }

 private:
  std::vector<T> own_;
  std::span<const T> shown_;
  std::shared_ptr<const void> memory_;  ///< null: `own_`
};

}  // namespace battlemap::geo
