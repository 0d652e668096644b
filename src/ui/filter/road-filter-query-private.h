/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-filter-query.h"
#include "road-filter-term.h"

G_BEGIN_DECLS

#define ROAD_FILTER_N_PORTS 65536

/* All terms must match, so those about states, reasons and ports are each merged into one. */
struct _RoadFilterQuery
{
  RoadFilterFault fault; /* without a message if there is none */
  gboolean is_empty;
  gboolean is_about_ports; /* so no row of a host alone matches */

  guint32 states;
  guint32 reasons;
  GPtrArray *latencies; /* of RoadFilterTerm, as the others */
  GPtrArray *hosts;     /* about a host as a whole */
  GPtrArray *ports;
  GPtrArray *services; /* about what was found out about a port */
  GPtrArray *words;
  gint64 now; /* for certificates, in seconds since 1970 */

  /* For a set of words (a bit for each), the ports that match the terms about ports and whose usual service
   * matches these words: for each port, how many of those before it do. So the matches in a range are
   * counted by one subtraction. */
  GHashTable *matching_ports; /* of guint32[ROAD_FILTER_N_PORTS + 1] */
};

gboolean road_filter_query_matches_port_terms (RoadFilterQuery *self, guint16 port);
gboolean road_filter_query_matches_words (RoadFilterQuery *self,
                                          guint32 words,
                                          const char *service,
                                          const char *version);
const guint32 *road_filter_query_get_matching_ports (RoadFilterQuery *self, guint32 words);

G_END_DECLS
