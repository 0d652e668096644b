/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"
#include "engine/report/road-identify.h"

G_BEGIN_DECLS

/* Finds out what the open ports of a scan are, a few at a time. What is found out is collected until the next
 * road_identifier_flush(). Lives on the main loop. */
typedef struct _RoadIdentifier RoadIdentifier;

typedef struct
{
  /* called each time nothing is left to do but road_identifier_flush() */
  void (*idle) (gpointer user_data);
  /* called after something about @port was added to @host, or if nothing could be found out */
  void (*identified) (RoadHost *host, guint16 port, gpointer user_data);
} RoadIdentifierFuncs;

RoadIdentifier *road_identifier_new (RoadIdentify how,
                                     guint max_parallelism,
                                     guint max_rate,
                                     const RoadIdentifierFuncs *funcs,
                                     gpointer user_data);
void road_identifier_free (RoadIdentifier *self);
void road_identifier_add (RoadIdentifier *self, RoadHost *host, guint16 port);
void road_identifier_pause (RoadIdentifier *self);
void road_identifier_resume (RoadIdentifier *self);
gboolean road_identifier_flush (RoadIdentifier *self);
gboolean road_identifier_can_use_tls (void);
guint road_identifier_get_n_done (RoadIdentifier *self, guint *n_all);
gboolean road_identifier_is_busy (RoadIdentifier *self);

G_END_DECLS
