#pragma once
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace battlemap::render {

/// Leaves new elements uninitialised, so that the threads which fill a large buffer also touch its pages
/// first: clearing 130 MB on one thread costs as much as rasterising into it. Large blocks ask for huge
/// pages.
template <class T>
struct RawAllocator {
  using value_type = T;
  RawAllocator() = default;
  template <class U>
  RawAllocator(const RawAllocator<U>&) noexcept {}

  T* allocate(std::size_t n) {
    const std::size_t bytes = n * sizeof(T);
    if (bytes < huge_page) return static_cast<T*>(::operator new(bytes));
    void* p = ::operator new (bytes, std::align_val_t{huge_page});
#ifdef __linux__
    ::madvise(p, bytes, MADV_HUGEPAGE);  // a hint; its failure changes nothing
#endif
    return static_cast<T*>(p);
  }
  void deallocate(T* p, std::size_t n) noexcept {
    if (n * sizeof(T) < huge_page)
      ::operator delete(p);
    else
      ::operator delete (p, std::align_val_t{huge_page});
  }
  template <class U>
  void construct(U* p) noexcept {
    ::new (static_cast<void*>(p)) U;
  }
  template <class U, class... Args>
  void construct(U* p, Args&&... args) {
    ::new (static_cast<void*>(p)) U(std::forward<Args>(args)...);
  }
  friend bool operator==(const RawAllocator&, const RawAllocator&) {
    return true;
  }

 private:
  static constexpr std::size_t huge_page = std::size_t{2} << 20;
};

template <class T>
using RawVector = std::vector<T, RawAllocator<T>>;

}  // namespace battlemap::render
