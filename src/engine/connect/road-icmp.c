/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-icmp.h"

#include <linux/errqueue.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <sys/socket.h>

/* ICMP destination unreachable codes (RFC 792, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1). */
static const RoadReason icmp_reasons[] = {
  [ICMP_NET_UNREACH] = ROAD_REASON_NET_UNREACH,
  [ICMP_HOST_UNREACH] = ROAD_REASON_HOST_UNREACH,
  [ICMP_PROT_UNREACH] = ROAD_REASON_PROTO_UNREACH,
  [ICMP_PORT_UNREACH] = ROAD_REASON_PORT_UNREACH,
  [ICMP_FRAG_NEEDED] = ROAD_REASON_DEST_UNREACH,
  [ICMP_SR_FAILED] = ROAD_REASON_DEST_UNREACH,
  [ICMP_NET_UNKNOWN] = ROAD_REASON_NET_UNREACH,
  [ICMP_HOST_UNKNOWN] = ROAD_REASON_HOST_UNREACH,
  [ICMP_HOST_ISOLATED] = ROAD_REASON_HOST_UNREACH,
  [ICMP_NET_ANO] = ROAD_REASON_NET_PROHIBITED,
  [ICMP_HOST_ANO] = ROAD_REASON_HOST_PROHIBITED,
  [ICMP_NET_UNR_TOS] = ROAD_REASON_NET_UNREACH,
  [ICMP_HOST_UNR_TOS] = ROAD_REASON_HOST_UNREACH,
  [ICMP_PKT_FILTERED] = ROAD_REASON_ADMIN_PROHIBITED,
  [ICMP_PREC_VIOLATION] = ROAD_REASON_ADMIN_PROHIBITED,
  [ICMP_PREC_CUTOFF] = ROAD_REASON_ADMIN_PROHIBITED,
};

/* ICMPv6 destination unreachable codes (RFC 4443 section 3.1). */
static const RoadReason icmp6_reasons[] = {
  [ICMP6_DST_UNREACH_NOROUTE] = ROAD_REASON_NO_ROUTE,
  [ICMP6_DST_UNREACH_ADMIN] = ROAD_REASON_ADMIN_PROHIBITED,
  [ICMP6_DST_UNREACH_BEYONDSCOPE] = ROAD_REASON_BEYOND_SCOPE,
  [ICMP6_DST_UNREACH_ADDR] = ROAD_REASON_ADDR_UNREACH,
  [ICMP6_DST_UNREACH_NOPORT] = ROAD_REASON_PORT_UNREACH,
  [5] = ROAD_REASON_FAILED_POLICY,
  [6] = ROAD_REASON_REJECT_ROUTE,
};

static RoadReason
get_reason (const struct sock_extended_err *error)
{
  if (error->ee_origin == SO_EE_ORIGIN_ICMP)
    {
      if (error->ee_type == ICMP_TIME_EXCEEDED)
        return ROAD_REASON_TIME_EXCEEDED;

      if (error->ee_type == ICMP_DEST_UNREACH && error->ee_code < G_N_ELEMENTS (icmp_reasons))
        return icmp_reasons[error->ee_code];
    }
  else
    {
      if (error->ee_type == ICMP6_TIME_EXCEEDED)
        return ROAD_REASON_TIME_EXCEEDED;

      if (error->ee_type == ICMP6_DST_UNREACH && error->ee_code < G_N_ELEMENTS (icmp6_reasons))
        return icmp6_reasons[error->ee_code];
    }

  return ROAD_REASON_DEST_UNREACH;
}

/**
 * road_icmp_read_error:
 * @fd: a socket with IP_RECVERR
 * @reason: (out): what the error says
 * @from: (out): who sent it
 *
 * Takes the first ICMP error from a socket's error queue.
 *
 * Returns: %FALSE if there is none
 */
gboolean
road_icmp_read_error (int fd, RoadReason *reason, RoadAddress *from)
{
  struct sockaddr_storage name;
  char control[512];
  struct msghdr message = {
    .msg_name = &name,
    .msg_namelen = sizeof name,
    .msg_control = control,
    .msg_controllen = sizeof control,
  };

  while (recvmsg (fd, &message, MSG_ERRQUEUE | MSG_DONTWAIT) >= 0)
    {
      for (struct cmsghdr *c = CMSG_FIRSTHDR (&message); c != NULL; c = CMSG_NXTHDR (&message, c))
        {
          const struct sock_extended_err *extended;
          guint16 port;

          if (!(c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR) &&
              !(c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR))
            continue;

          extended = (const struct sock_extended_err *) (gconstpointer) CMSG_DATA (c);
          if (extended->ee_origin != SO_EE_ORIGIN_ICMP && extended->ee_origin != SO_EE_ORIGIN_ICMP6)
            continue;

          *reason = get_reason (extended);
          road_address_set_native (from, SO_EE_OFFENDER (extended), &port);
          return TRUE;
        }

      message.msg_namelen = sizeof name;
      message.msg_controllen = sizeof control;
    }

  return FALSE;
}
