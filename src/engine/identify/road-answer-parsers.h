/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-answer.h"

G_BEGIN_DECLS

/**
 * RoadAnswerParser:
 * @bytes: (array length=length): what a service has said so far; at least one byte, and not ended by a zero
 * @port: the port's number, as a hint where several protocols look alike
 * @answer: empty; what is known of the service, unless it speaks another protocol
 *
 * Tells whether a service speaks a protocol. Pure: it depends on nothing else. Whatever the bytes are, it takes time
 * in proportion to them.
 */
typedef RoadAnswerProgress (*RoadAnswerParser) (const char *bytes,
                                                gsize length,
                                                guint16 port,
                                                RoadAnswer *answer);

/* What services say by themselves. */
RoadAnswerProgress road_answer_parse_ssh (const char *, gsize, guint16, RoadAnswer *);
RoadAnswerProgress road_answer_parse_reply (const char *, gsize, guint16, RoadAnswer *);
RoadAnswerProgress road_answer_parse_pop3 (const char *, gsize, guint16, RoadAnswer *);
RoadAnswerProgress road_answer_parse_imap (const char *, gsize, guint16, RoadAnswer *);
RoadAnswerProgress road_answer_parse_vnc (const char *, gsize, guint16, RoadAnswer *);
RoadAnswerProgress road_answer_parse_rsync (const char *, gsize, guint16, RoadAnswer *);
RoadAnswerProgress road_answer_parse_irc (const char *, gsize, guint16, RoadAnswer *);
RoadAnswerProgress road_answer_parse_xmpp (const char *, gsize, guint16, RoadAnswer *);
RoadAnswerProgress road_answer_parse_telnet (const char *, gsize, guint16, RoadAnswer *);
RoadAnswerProgress road_answer_parse_mysql (const char *, gsize, guint16, RoadAnswer *);

/* Answers to questions. */
RoadAnswerProgress road_answer_parse_http (const char *, gsize, guint16, RoadAnswer *);
RoadAnswerProgress road_answer_parse_rtsp (const char *, gsize, guint16, RoadAnswer *);
RoadAnswerProgress road_answer_parse_redis (const char *, gsize, guint16, RoadAnswer *);
RoadAnswerProgress road_answer_parse_memcached (const char *, gsize, guint16, RoadAnswer *);
RoadAnswerProgress road_answer_parse_postgresql (const char *, gsize, guint16, RoadAnswer *);
RoadAnswerProgress road_answer_parse_rdp (const char *, gsize, guint16, RoadAnswer *);
RoadAnswerProgress road_answer_parse_smb (const char *, gsize, guint16, RoadAnswer *);
RoadAnswerProgress road_answer_parse_dns (const char *, gsize, guint16, RoadAnswer *);
RoadAnswerProgress road_answer_parse_mqtt (const char *, gsize, guint16, RoadAnswer *);

G_END_DECLS
