"""`recount check`: is what stands in results/ what this study gives, judged by content and never by dates?"""
