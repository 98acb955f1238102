#pragma once
#include <proj.h>

#include <memory>

// Owners of PROJ's objects, for geo's .cpp files alone: no other header may include this one.
namespace battlemap::geo {

struct DestroyPjContext {
  void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct DestroyPj {
  void operator()(PJ* pj) const { proj_destroy(pj); }
};
using PjContext = std::unique_ptr<PJ_CONTEXT, DestroyPjContext>;
using Pj = std::unique_ptr<PJ, DestroyPj>;

}  // namespace battlemap::geo
