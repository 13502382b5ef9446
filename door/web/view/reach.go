// SPDX-License-Identifier: Apache-2.0

package view

// Reaching is how one is told beyond the pages. GET /tai-khoan/cach-nhan.
// Adding: POST /tai-khoan/cach-nhan with kind = mail | push | hook | feed and
// push: endpoint, p256dh, auth (filled in by script); hook: endpoint (of a system), external;
// feed: name, titles.
type Reaching struct {
	Frame
	Form     Form   // what was refused
	Which    string // of which form: mail, push, hook, feed, or a channel's identifier
	Channels []Channel
	Address  string // of mail; empty = the directory has none
	MailOff  bool   // the installation has no mail server
	HasMail  bool
	PushKey  string // empty = the installation sends no push
	Who      string // by which the device knows whose list it keeps
	Systems  []Option
	Secret   string // a calendar's address, shown this once
	Topics   []Option
	Recent   []Sending
}

// Channel is one way. Fields: active, digest, topics (several), quiet = outside | none |
// hours, hours "21:00-06:30", urgent, titles. POST /tai-khoan/cach-nhan/{ID}/luu;
// /thu sends a test, /bo ends it.
type Channel struct {
	ID, Kind, Label, Name string
	Detail                string // where it leads, since when
	State                 string // how the last message fared
	Tone                  Tone
	Off                   bool
	Form                  Form // what is set; after a refusal what was typed
}

// Feed says whether it is read by others, and not sent.
func (c Channel) Feed() bool { return c.Kind == "feed" }

// Sending is one message on its way.
type Sending struct {
	ID, At, Who, Through, What, State, Reason string
	Tone                                      Tone
	Again                                     *Button
}

// Outbox shows the administrator what could not be delivered, and why; never what it
// says. GET /quan-tri/gui-thong-bao. POST …/gui-lai with delivery (empty = all);
// …/thu-tom-tat turns the morning's mail on for all; …/he-thong opens a chat system with
// name, address; …/he-thong/{id}/dong closes it.
type Outbox struct {
	Frame
	Sentence Sentence
	Health   []Health
	Tallies  []OutboxTally
	Rows     []Sending
	Pager    Pager
	MayMend  bool
	Form     Form // of a chat system
	Systems  []ChatSystem
	Hosts    string // that may be reached
	Secret   string // of the system just opened, shown this once
}

// OutboxTally is a kind of channel with its numbers of the last seven days.
type OutboxTally struct {
	Through                                 string
	Sent, Waiting, Failed, GivenUp, Dropped int
}

// ChatSystem is one that the agency has opened.
type ChatSystem struct{ ID, Name, Address, Since string }

func (Reaching) Template() string { return "reaching" }
func (Outbox) Template() string   { return "outbox" }
