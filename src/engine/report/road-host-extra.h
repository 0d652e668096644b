/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RoadService:
 * @port: a port
 * @name: (nullable): what answers there, as “http” or “ssl/http”, if it was found out and is not
 *   what the port's number says anyway
 * @version: (nullable): the program that answers there and its version, as “OpenSSH 9.2p1 Debian”
 *
 * What another scanner found out about the service on a port by talking to it.
 */
typedef struct
{
  guint16 port;
  char *name;
  char *version;
} RoadService;

/**
 * ROAD_NOTE_HOST:
 *
 * In place of a port: the note is about the whole host.
 */
#define ROAD_NOTE_HOST (-1)

/* The names of notes that are about the whole host and mean something to us. */
#define ROAD_NOTE_MAC "mac"           /* its hardware address, and who made it in parentheses */
#define ROAD_NOTE_OS "os"             /* what its operating system may be */
#define ROAD_NOTE_UPTIME "uptime"     /* for how long it has been running, in seconds */
#define ROAD_NOTE_DISTANCE "distance" /* how many hops it is away */
#define ROAD_NOTE_REMARK "remark"     /* what the scan itself remarked on, in a sentence */

/**
 * RoadNote:
 * @port: the port that it is about, or %ROAD_NOTE_HOST
 * @name: what kind of note it is: a ROAD_NOTE name, or that of a script, as “http-title”
 * @text: what it says, which can have several lines. It can come from the host itself: it can hold
 *   anything.
 *
 * Something else that the scan or another scanner found out.
 */
typedef struct
{
  int port;
  char *name;
  char *text;
} RoadNote;

/**
 * RoadHostExtra:
 *
 * What other scanners know of a host beyond ours. Only hosts of which there is something have one.
 */
typedef struct _RoadHostExtra RoadHostExtra;

RoadHostExtra *road_host_extra_new (void);
void road_host_extra_free (RoadHostExtra *self);
void road_host_extra_set_service (RoadHostExtra *self,
                                  guint16 port,
                                  const char *name,
                                  const char *version);
const RoadService *road_host_extra_get_service (RoadHostExtra *self, guint16 port);
gboolean road_host_extra_has_versions (RoadHostExtra *self);
void road_host_extra_add_note (RoadHostExtra *self, int port, const char *name, const char *text);
guint road_host_extra_get_n_notes (RoadHostExtra *self);
const RoadNote *road_host_extra_get_note (RoadHostExtra *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadHostExtra, road_host_extra_free)

G_END_DECLS
