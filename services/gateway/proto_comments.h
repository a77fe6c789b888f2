// Comments of a contract, as people may read them.
#pragma once

#include <string>

#include "google/protobuf/descriptor.h"

namespace thidua::gateway {

// Lines of a paragraph joined, paragraphs kept; "" when the set came without source info.
template <class Descriptor>
std::string CommentOf(const Descriptor* element);

// The comment up to its first full stop (or its first paragraph).
std::string FirstSentence(const std::string& comment);

}  // namespace thidua::gateway
