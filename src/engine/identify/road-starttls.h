/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What comes next on a connection that may change to TLS. */
typedef enum
{
  ROAD_STARTTLS_WAIT,    /* the answer is not whole yet */
  ROAD_STARTTLS_SEND,    /* a command */
  ROAD_STARTTLS_BEGIN,   /* TLS begins with the next byte */
  ROAD_STARTTLS_REFUSED, /* the service has no TLS */
  ROAD_STARTTLS_BROKEN, /* it says something else, or more than it was asked: whether it has TLS is not known */
} RoadStarttlsStep;

/* So many commands there are at most. */
#define ROAD_STARTTLS_MAX_COMMANDS 2

gboolean road_starttls_is_known (const char *service);
RoadStarttlsStep road_starttls_step (
    const char *service, guint n_sent, const char *bytes, gsize length, const char **command);

G_END_DECLS
