/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-filter-word.h"
#include "engine/ports/road-port-set.h"

G_BEGIN_DECLS

typedef enum
{
  ROAD_FILTER_TEXT,
  ROAD_FILTER_HOST,
  ROAD_FILTER_PORTS,
  ROAD_FILTER_STATE,
  ROAD_FILTER_REASON,
  ROAD_FILTER_LATENCY,
  ROAD_FILTER_VENDOR,
  ROAD_FILTER_MAC,
  ROAD_FILTER_DEVICE,      /* the kind of device that the host probably is */
  ROAD_FILTER_TITLE,       /* of a web page */
  ROAD_FILTER_PRODUCT,     /* the program that answers */
  ROAD_FILTER_VERSION,     /* the program and its version */
  ROAD_FILTER_CERTIFICATE, /* the days until it expires */
} RoadFilterKind;

typedef struct
{
  RoadFilterKind kind;
  gboolean negated;

  RoadFilterWord *word; /* of a text, host, vendor, hardware address or kind of device */
  RoadPortSet *ports;
  guint32 values; /* a bit for each state, reason or kind of device that matches */

  /* Latencies match from @min_us to @max_us. */
  guint min_us;
  guint max_us;

  /* Certificates match that expire in @min_days to @max_days. */
  int min_days;
  int max_days;
} RoadFilterTerm;

RoadFilterTerm *road_filter_term_parse (const char *text, char **fault);
void road_filter_term_free (RoadFilterTerm *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadFilterTerm, road_filter_term_free)

G_END_DECLS
