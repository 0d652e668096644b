/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-port-set.h"

G_BEGIN_DECLS

/* All ports as bits: 8 KiB, in which a set is assembled in any order and in bounded memory. */
typedef struct
{
  guint64 words[65536 / 64]; /* bit p % 64 of word p / 64 is set if port p is in */
} RoadPortBits;

static inline void
road_port_bits_add (RoadPortBits *self, guint port)
{
  self->words[port / 64] |= G_GUINT64_CONSTANT (1) << (port % 64);
}

void road_port_bits_add_range (RoadPortBits *self, guint first, guint last);

gboolean road_port_parser_run (const char *text, RoadPortBits *bits, GError **error);

G_END_DECLS
