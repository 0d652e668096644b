/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/ports/road-port-set.h"

G_BEGIN_DECLS

/* What was found out about a port by talking to it. Texts come from the host itself: they may contain
 * anything. */
typedef struct
{
  guint16 port;
  /* how sure it is, from 1 to 10 as in nmap’s “conf”; 0 if the service is only known by the port’s number */
  guint8 confidence;
  /* (nullable): the service, such as “http” or “ssl/http”: the prefix says that it uses TLS; %NULL if it is
   * the usual one on that port */
  char *name;
  char *product;    /* (nullable): the program, such as “OpenSSH” */
  char *version;    /* (nullable): its version, such as “9.2p1 Debian 2+deb12u3” */
  char *extra_info; /* (nullable): what else it told, such as “protocol 2.0” */
  char *
      text; /* (nullable): the last three in one, such as “OpenSSH 9.2p1 (protocol 2.0)”; not to be set */
} RoadService;

/* How sure a name is that follows from the protocol that was spoken. */
#define ROAD_SERVICE_MAX_CONFIDENCE 10

/* What else a service without TLS told that can change to it, or cannot. */
#define ROAD_SERVICE_TLS "TLS offered"
#define ROAD_SERVICE_NO_TLS "no TLS"

/* In place of a port: the note is about the whole host. */
#define ROAD_NOTE_HOST (-1)

/* Names of notes about the whole host. */
#define ROAD_NOTE_MAC "mac"             /* its hardware address, and the vendor in parentheses */
#define ROAD_NOTE_MDNS_NAME "mdns-name" /* the name that it has given itself, as it told by mDNS */
#define ROAD_NOTE_OS "os"               /* a guess of its operating system */
#define ROAD_NOTE_UPTIME "uptime"       /* in seconds */
#define ROAD_NOTE_DISTANCE "distance"   /* in hops */
#define ROAD_NOTE_REMARK "remark"       /* a remark of the scan itself, in a sentence */

/* Names of notes about a port: those of nmap's scripts, where it has one. */
#define ROAD_NOTE_BANNER "banner" /* the beginning of what it said, if nothing else is known */

#define ROAD_NOTE_CERTIFICATE "ssl-cert"      /* see road_tls_new_from_notes() */
#define ROAD_NOTE_TLS_PROTOCOL "tls-protocol" /* such as “TLS 1.3” */
#define ROAD_NOTE_TLS_ALPN "tls-alpn"         /* the protocol agreed on, such as “h2” */

#define ROAD_NOTE_HTTP_TITLE "http-title"          /* the title of the web page */
#define ROAD_NOTE_HTTP_SERVER "http-server-header" /* the Server header */
#define ROAD_NOTE_HTTP_STATUS "http-status"        /* the status line, such as “200 OK” */
#define ROAD_NOTE_HTTP_REDIRECT "http-redirect"    /* the Location header */

/* Something else that the scan or another scanner found out. */
typedef struct
{
  int port;   /* the port that it is about, or %ROAD_NOTE_HOST */
  char *name; /* a ROAD_NOTE name, or the name of a script, such as “http-title” */
  /* the note, which can have several lines. It can come from the host itself: it may contain anything. */
  char *text;
} RoadNote;

/* What is known about a host beyond its ports, mostly from talking to them. Most hosts have none. */
typedef struct _RoadHostExtra RoadHostExtra;

RoadHostExtra *road_host_extra_new (void);
void road_host_extra_free (RoadHostExtra *self);
void road_host_extra_set_service (RoadHostExtra *self, const RoadService *found);
const RoadService *road_host_extra_get_service (RoadHostExtra *self, guint16 port);
RoadPortSet *road_host_extra_dup_ports (RoadHostExtra *self);
gboolean road_host_extra_has_versions (RoadHostExtra *self);
void road_host_extra_add_note (RoadHostExtra *self, int port, const char *name, const char *text);
void
road_host_extra_replace_note (RoadHostExtra *self, int port, const char *name, const char *text);
guint road_host_extra_get_n_notes (RoadHostExtra *self);
const RoadNote *road_host_extra_get_note (RoadHostExtra *self, guint index);
void road_host_extra_replace (RoadHostExtra *self, RoadHostExtra *newer, RoadPortSet *ports);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadHostExtra, road_host_extra_free)

G_END_DECLS
