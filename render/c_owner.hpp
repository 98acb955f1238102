#pragma once

namespace battlemap::render {

/// Deleter of a std::unique_ptr that owns an object of a C library, freed by the library's function.
template <auto Free>
struct Closer {
  template <class T>
  void operator()(T* p) const {
    Free(p);
  }
};

}  // namespace battlemap::render
