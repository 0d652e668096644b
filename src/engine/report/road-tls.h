/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-host.h"

G_BEGIN_DECLS

/* What a service told of itself when TLS was begun with it. Nothing of it was verified: texts may contain
 * anything but control characters. */
typedef struct
{
  char *protocol; /* (nullable): such as “TLS 1.3” */
  char *alpn;     /* (nullable): the protocol inside that was agreed on, such as “h2” */
  char *
      subject; /* (nullable): whose certificate it is, such as “commonName=nas/organizationName=Home” */
  char *issuer; /* (nullable): who signed it, likewise */
  GStrv names;  /* its alternative names, which can be none: host names and addresses */
  gint64
      not_before;   /* from when it is valid, in seconds since 1970 (UTC); 0 if that is not known */
  gint64 not_after; /* until when; 0 if that is not known */
  char *key_type;   /* (nullable): such as “rsa” or “ec” */
  guint key_bits;   /* 0 if that is not known */
  char *fingerprint; /* (nullable): the certificate's SHA-256, in hexadecimal digits */
} RoadTls;

RoadTls *road_tls_new_from_notes (RoadHost *host, guint16 port);
void road_tls_free (RoadTls *self);
char *road_tls_get_certificate_note (const RoadTls *self);
char *road_tls_dup_common_name (const RoadTls *self);
gboolean road_tls_get_days_left (const RoadTls *self, gint64 now, int *days);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadTls, road_tls_free)

G_END_DECLS
