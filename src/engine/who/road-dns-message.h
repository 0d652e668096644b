/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/base/road-address.h"

G_BEGIN_DECLS

/* The longest DNS message that mDNS allows, in bytes (RFC 6762, 17). */
#define ROAD_DNS_MAX_SIZE 9000

char *road_dns_reverse_name (const RoadAddress *address);
GByteArray *road_dns_new_question (guint16 id, const char *name);
char *road_dns_read_answer (const guint8 *message, gsize size, guint16 id, const char *question);

G_END_DECLS
