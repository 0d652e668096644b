/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "engine/report/road-tls.h"
#include "road-answer.h"

G_BEGIN_DECLS

/* One connection with a service, on the main loop. What comes is collected, up to %ROAD_ANSWER_MAX_BYTES. */
typedef struct _RoadTalk RoadTalk;

/* Called on the main loop, never by the functions below. Each may close the talk. */
typedef struct
{
  void (*opened) (RoadTalk *talk,
                  gpointer user_data); /* connected, or TLS begun if it was wanted */
  void (*received) (RoadTalk *talk, gpointer user_data); /* there is more to read */
  void (*ended) (RoadTalk *talk, gpointer user_data);    /* nothing more comes */
} RoadTalkFuncs;

RoadTalk *road_talk_new (const RoadAddress *address,
                         guint16 port,
                         const char *tls_name,
                         const char *const *protocols,
                         const RoadTalkFuncs *funcs,
                         gpointer user_data);
void road_talk_close (RoadTalk *self);
void road_talk_send (RoadTalk *self, GBytes *bytes);
void road_talk_begin_tls (RoadTalk *self, const char *name);
const char *road_talk_get_received (RoadTalk *self, gsize *length);
gboolean road_talk_get_connected (RoadTalk *self);
RoadTls *road_talk_get_tls (RoadTalk *self);
gboolean road_talk_can_use_tls (void);

G_END_DECLS
