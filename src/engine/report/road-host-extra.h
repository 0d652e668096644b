/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What another scanner found out about a port by talking to it. */
typedef struct
{
  guint16 port;
  /* (nullable): the service, such as “http” or “ssl/http”, if it is not the usual one on that port */
  char *name;
  char *version; /* (nullable): the program and its version, such as “OpenSSH 9.2p1 Debian” */
} RoadService;

/* In place of a port: the note is about the whole host. */
#define ROAD_NOTE_HOST (-1)

/* Names of notes about the whole host. */
#define ROAD_NOTE_MAC "mac"             /* its hardware address, and the vendor in parentheses */
#define ROAD_NOTE_MDNS_NAME "mdns-name" /* the name that it has given itself, as it told by mDNS */
#define ROAD_NOTE_OS "os"               /* a guess of its operating system */
#define ROAD_NOTE_UPTIME "uptime"       /* in seconds */
#define ROAD_NOTE_DISTANCE "distance"   /* in hops */
#define ROAD_NOTE_REMARK "remark"       /* a remark of the scan itself, in a sentence */

/* Something else that the scan or another scanner found out. */
typedef struct
{
  int port;   /* the port that it is about, or %ROAD_NOTE_HOST */
  char *name; /* a ROAD_NOTE name, or the name of a script, such as “http-title” */
  /* the note, which can have several lines. It can come from the host itself: it may contain anything. */
  char *text;
} RoadNote;

/* What is known about a host beyond its ports, mostly from other scanners. Most hosts have none. */
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
void
road_host_extra_replace_note (RoadHostExtra *self, int port, const char *name, const char *text);
guint road_host_extra_get_n_notes (RoadHostExtra *self);
const RoadNote *road_host_extra_get_note (RoadHostExtra *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadHostExtra, road_host_extra_free)

G_END_DECLS
