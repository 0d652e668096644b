/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

/* What the user typed to filter results: terms separated by spaces, all of which must match. "!" before a
 * term negates it, and double quotes keep spaces in it.
 *
 *   22, 80-90, port:22        the number of the port
 *   open, closed, filtered    its state; also state:open
 *   reason:refused            a part of the reason, as in the list or as nmap calls it
 *   latency>100, latency<5    in ms; also >= and <=
 *   host:nas                  a part of a name or address of the host
 *   title:login               a part of the title of its web page; also product: and version:
 *   cert<30                   the days until its certificate expires; also <=, > and >=
 *   https                     a part of the service, its version, or a name or address of the host
 */
typedef struct _RoadFilterQuery RoadFilterQuery;

/* The first term that is wrong, and why. @start and @end are bytes of the text. */
typedef struct
{
  gsize start;
  gsize end;
  char *message;
} RoadFilterFault;

/* Ports of a host that match and have the same result, but are too many to list each. */
typedef struct
{
  RoadPortResult common;
  guint n_ports;
} RoadFilterCount;

RoadFilterQuery *road_filter_query_parse (const char *text);
void road_filter_query_free (RoadFilterQuery *self);
void road_filter_query_set_time (RoadFilterQuery *self, gint64 now);
const RoadFilterFault *road_filter_query_get_fault (RoadFilterQuery *self);
gboolean road_filter_query_is_empty (RoadFilterQuery *self);

gboolean
road_filter_query_count (RoadFilterQuery *self, RoadHost *host, guint n_ports[ROAD_N_PORT_STATES]);
guint road_filter_query_count_rows (RoadFilterQuery *self, RoadHost *host, guint states);
GArray *
road_filter_query_list (RoadFilterQuery *self, RoadHost *host, guint states, GArray *counts);
RoadPortSet *road_filter_query_dup_counted (RoadFilterQuery *self,
                                            RoadHost *host,
                                            RoadPortState state,
                                            RoadReason reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadFilterQuery, road_filter_query_free)

G_END_DECLS
