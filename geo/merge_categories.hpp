#pragma once
#include "geo/audience.hpp"

namespace battlemap::geo {

/// Several categories of `field`'s set become one, `rule.into`, in every field of every kind with that set:
/// the set then has no entry that could tell them apart. Ids that the set lacks are left out; it stays as it
/// is when it has none of them.
void merge_categories(Records& records, const FieldSchema& field, const AudienceRules::FieldRule& rule);

}  // namespace battlemap::geo
